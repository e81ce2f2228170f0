package rft.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ExactMatchTest {
  private final Marks marks = new Marks(new ExactMatch());

  @Test
  void theSameTextEarnsFullMarksWhateverSpaceIsAroundIt() {
    assertEquals(1, marks.of("2021-05-03", "2021-05-03"));
    assertEquals(1, marks.of(" 1 2 5 ", "\n1 2 5  "));
  }

  @Test
  void anyOtherTextEarnsNothing() {
    for (String other : new String[] {"", " ", "1 2", "1  2 5", "1 2 5.", "Sorted: 1 2 5"}) {
      assertEquals(0, marks.of("1 2 5", other), other);
    }
    assertEquals(0, marks.of("Rome", "rome"));
  }

  @Test
  void aTaskWithoutReferenceIsAbstainedFrom() {
    assertTrue(marks.abstains(" ", ""));
  }
}
