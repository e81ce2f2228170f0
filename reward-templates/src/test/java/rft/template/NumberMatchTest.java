package rft.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberMatchTest {
  private final Marks marks = new Marks(new NumberMatch());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "72 | 7+5=12 6+0+1=7 #### 72",
        "72 | #### 72.",
        "72 | ####72",
        "72 | ##### 72",
        "72 | #### 72 apples",
        "1250 | #### $1,250.00",
        "1,250 | #### 1250",
        "-5 | #### -$5",
        "-5 | #### $-5",
        "-5 | #### \u22125",
        "0.5 | #### 2/4",
        "1/3 | #### 2 / 6",
        "0.5 | #### .5",
        "0 | #### -0",
        "7 | #### +007",
        "They pay 3 + 4. #### 7 | #### 7",
        "123456789012345678901234567890 | #### 123456789012345678901234567890"
      })
  void theSameNumberEarnsFullMarks(String reference, String completion) {
    assertEquals(1, marks.of(reference, completion));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "72",
        "The answer is 72.",
        "#### ",
        "####",
        "#### 73",
        "#### -72",
        "#### 720",
        "#### 72 or 73",
        "#### 72 #### 73",
        "#### 73 #### 72",
        "#### 72 ####",
        "#### about 72",
        "#### 7 2",
        "#### 72e0",
        "#### 72.0.0",
        "#### 7,2",
        "#### 72/0",
        "#### 0/0",
        "#### --72",
        "#### NaN",
        "#### Infinity",
        "#### 1e999999999",
        "#### \u0667\u0662"
      })
  void anythingElseEarnsNothing(String completion) {
    assertEquals(0, marks.of("72", completion));
  }

  @Test
  void numbersAreComparedExactly() {
    assertEquals(0, marks.of("0.1", "#### 0.10000000000000001"));
    assertEquals(0, marks.of("9007199254740993", "#### 9007199254740992"));
    assertEquals(0, marks.of("1/3", "#### 0.3333333333333333"));
  }

  @Test
  void aReferenceThatIsANumberInJsonWillDo() {
    assertEquals(1, marks.mark(JsonNodeFactory.instance.numberNode(72), "#### 72").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Rome", "", "####", "NaN", "1 or 2"})
  void aReferenceWithoutANumberIsAbstainedFrom(String reference) {
    assertTrue(marks.abstains(reference, "#### 72"));
  }

  @Test
  void hugeTextsAreReadInTime() {
    assertEquals(0, marks.of("1", "#### " + "1".repeat(2_000_000)));
    assertEquals(0, marks.of("1", "#### 1" + ",111".repeat(500_000)));
    assertEquals(0, marks.of("1", "#".repeat(2_000_000)));
    assertEquals(0, marks.of("1", "#### ".repeat(400_000)));
  }
}
