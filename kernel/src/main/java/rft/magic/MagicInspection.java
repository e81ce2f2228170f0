package rft.magic;

import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import rft.cell.JavaSession;

final class MagicInspection {
  MagicInspection(JavaSession java) {}

  Optional<DisplayData> inspect(String code, int cursor, int detail) {
    return Optional.empty();
  }
}
