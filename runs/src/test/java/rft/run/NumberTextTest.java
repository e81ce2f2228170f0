package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class NumberTextTest {
  @Test
  void oneIsInTheSingular() {
    assertEquals("1 row", NumberText.counted(1, "row"));
    assertEquals("0 rows", NumberText.counted(0, "row"));
    assertEquals("1,440 pairs", NumberText.counted(1440, "pair"));
  }

  @Test
  void aRangeOfOneIsThatOne() {
    assertEquals("step 1", NumberText.span("step", 1, 1));
    assertEquals("steps 1 to 20", NumberText.span("step", 1, 20));
  }
}
