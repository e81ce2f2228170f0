package rft.magic;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.cell.CellError;
import rft.display.CellOutput;

/** Magics as Java calls, for code in cells that was written for kernels which had these. */
public final class Magics {
  private static volatile @Nullable PartRunner current;

  private Magics() {}

  static void use(PartRunner runner) {
    current = runner;
  }

  /**
   * Returns the value of a line magic; null if it has none.
   *
   * @param name without the percent sign
   * @param arguments as the magic gets them, without quotes
   */
  public static @Nullable Object lineMagic(String name, List<String> arguments) throws CellError {
    return run("%" + name + " " + quoted(arguments));
  }

  /** Returns the value of a cell magic; null if it has none. */
  public static @Nullable Object cellMagic(String name, List<String> arguments, String body)
      throws CellError {
    return run("%%" + name + " " + quoted(arguments) + "\n" + body);
  }

  private static String quoted(List<String> arguments) {
    StringBuilder line = new StringBuilder();
    for (String argument : arguments) {
      line.append('"').append(argument.replaceAll("([\"\\\\{}])", "\\\\$1")).append("\" ");
    }
    return line.toString().strip();
  }

  private static @Nullable Object run(String code) throws CellError {
    PartRunner runner = current;
    Optional<CellOutput> output = CellOutput.current();
    if (runner == null || output.isEmpty()) {
      throw new IllegalStateException("magics run in cells of a notebook, and here is none");
    }
    return runner.run(new CellText(code), 0, code.length(), 0, output.get()).orElse(null);
  }
}
