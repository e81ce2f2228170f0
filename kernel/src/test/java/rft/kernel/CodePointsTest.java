package rft.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class CodePointsTest {
  private static final String TEXT = "a\uD83D\uDE00b";

  @Test
  void aCharacterOfTwoUnitsCountsOnce() {
    assertEquals(3, CodePoints.toUtf16(TEXT, 2));
    assertEquals(2, CodePoints.toCodePoints(TEXT, 3));
    assertEquals(4, CodePoints.toUtf16(TEXT, 3));
  }

  @Test
  void aPlaceOutsideIsTheNearestEnd() {
    assertEquals(4, CodePoints.toUtf16(TEXT, 99));
    assertEquals(0, CodePoints.toUtf16(TEXT, -1));
    assertEquals(3, CodePoints.toCodePoints(TEXT, 99));
  }
}
