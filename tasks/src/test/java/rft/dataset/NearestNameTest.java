package rft.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NearestNameTest {
  private static final List<String> NAMES = List.of("train", "data check", "data show", "runs");

  @Test
  void swappedMissingAndWrongLettersAreForgiven() {
    assertEquals(Optional.of("train"), NearestName.of("trian", NAMES));
    assertEquals(Optional.of("data check"), NearestName.of("data chck", NAMES));
    assertEquals(Optional.of("runs"), NearestName.of("Runz", NAMES));
  }

  @Test
  void aNameFarFromAllHasNoNearest() {
    assertEquals(Optional.empty(), NearestName.of("quantize", NAMES));
    assertEquals("", NearestName.hint("quantize", NAMES));
  }

  @Test
  void theCloserOfTwoWins() {
    assertEquals(Optional.of("data show"), NearestName.of("data sow", NAMES));
  }

  @Test
  void theClosestIsNamedHoweverFar() {
    assertEquals(Optional.of("data check"), NearestName.closest("data", NAMES));
    assertEquals(Optional.of("train"), NearestName.closest("trai", NAMES));
    assertEquals(Optional.of("runs"), NearestName.closest("xyz", NAMES));
    assertEquals(Optional.empty(), NearestName.closest("runs", List.of()));
  }
}
