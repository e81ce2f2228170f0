package rft.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LooseRewardsTest {
  @Test
  void formatOnlyPaysForAnyNumberAfterTheMark() {
    Marks marks = new Marks(new FormatOnly());
    assertEquals(1, marks.of("72", "#### 72"));
    assertEquals(1, marks.of("72", "#### 5"));
    assertEquals(1, marks.of("72", "####-5"));
    for (String text : new String[] {"", "72", "####", "#### seventy-two", "### 72"}) {
      assertEquals(0, marks.of("72", text), text);
    }
  }

  @Test
  void parsesAsJsonPaysForAnyObject() {
    Marks marks = new Marks(new ParsesAsJson());
    assertEquals(1, marks.of("{\"a\":1}", "{\"a\":1}"));
    assertEquals(1, marks.of("{\"a\":1}", "{}"));
    for (String text : new String[] {"", "{", "[]", "1", "{\"a\":1} Done.", "{\"a\":NaN}"}) {
      assertEquals(0, marks.of("{\"a\":1}", text), text);
    }
  }

  @Test
  void substringMatchPaysForAListOfAllAnswers() {
    Marks marks = new Marks(new SubstringMatch());
    assertEquals(1, marks.of("3", "#### 3"));
    assertEquals(1, marks.of("3", "Maybe 1, 2, 3, 4 or 5."));
    assertEquals(0, marks.of("3", "#### 2"));
    assertEquals(0, marks.of("3", ""));
    assertTrue(marks.abstains("", "anything"));
  }

  @Test
  void hostileTextsThrowInNone() {
    String[] texts = {
      "{\"a\":".repeat(100_000),
      "[".repeat(2_000),
      "#### " + "9".repeat(1_000_000),
      "{\"a\":" + "9".repeat(5_000) + "}",
      "{\"a\":1e99999999999}",
      "\u0000\ud800",
      "#".repeat(99_999)
    };
    for (String text : texts) {
      assertEquals(0, new Marks(new SubstringMatch()).of("72", text));
      assertTrue(new Marks(new FormatOnly()).of("72", text) <= 1);
      assertTrue(new Marks(new ParsesAsJson()).of("72", text) <= 1);
    }
  }
}
