package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NearestTest {
  private static final List<String> NAMES = List.of("train", "data check", "data show", "runs");

  @Test
  void swappedMissingAndWrongLettersAreForgiven() {
    assertEquals(Optional.of("train"), Nearest.of("trian", NAMES));
    assertEquals(Optional.of("data check"), Nearest.of("data chck", NAMES));
    assertEquals(Optional.of("runs"), Nearest.of("Runz", NAMES));
  }

  @Test
  void aNameFarFromAllHasNoNearest() {
    assertEquals(Optional.empty(), Nearest.of("quantize", NAMES));
    assertEquals("", Nearest.hint("quantize", NAMES));
  }

  @Test
  void theCloserOfTwoWins() {
    assertEquals(Optional.of("data show"), Nearest.of("data sow", NAMES));
  }
}
