package rft.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonMatchTest {
  private static final String REFERENCE = "{\"item\":\"pens\",\"count\":3,\"tags\":[1,2]}";
  private final Marks marks = new Marks(new JsonMatch());

  @ParameterizedTest
  @ValueSource(
      strings = {
        REFERENCE,
        " {\"count\": 3.0, \"tags\": [1, 2e0],\n \"item\": \"pens\"}\n",
        "{\"item\":\"\\u0070ens\",\"count\":30e-1,\"tags\":[1,2]}"
      })
  void theSameObjectEarnsFullMarks(String completion) {
    assertEquals(1, marks.of(REFERENCE, completion));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "3",
        "{}",
        "{\"item\":\"pens\",\"count\":3}",
        "{\"item\":\"pens\",\"count\":\"3\",\"tags\":[1,2]}",
        "{\"item\":\"pens\",\"count\":3,\"tags\":[2,1]}",
        "{\"item\":\"pens\",\"count\":3,\"tags\":[1,2],\"x\":null}",
        "{\"item\":\"pens\",\"count\":4,\"count\":3,\"tags\":[1,2]}",
        REFERENCE + " Done.",
        REFERENCE + REFERENCE,
        "Here is the JSON: " + REFERENCE,
        "[" + REFERENCE + "]",
        "{\"item\":\"pens\",\"count\":3,\"tags\":[1,2]",
        "{'item':'pens','count':3,'tags':[1,2]}",
        "{\"item\":\"pens\",\"count\":NaN,\"tags\":[1,2]}",
        "{\"item\":\"pens\",\"count\":1e999999999,\"tags\":[1,2]}",
        "{\"item\":\"pens\",\"count\":1e99999999999999999999,\"tags\":[1,2]}",
        "{\"item\":\"pens\",\"count\":3.00000000000000000001,\"tags\":[1,2]}"
      })
  void anythingElseEarnsNothing(String completion) {
    assertEquals(0, marks.of(REFERENCE, completion));
  }

  @Test
  void deepAndHugeJsonEarnsNothing() {
    for (String open : List.of("[", "{\"a\":")) {
      assertEquals(0, marks.of(REFERENCE, open.repeat(900)));
      assertEquals(0, marks.of(REFERENCE, open.repeat(100_000)));
    }
    String nines = "9".repeat(100_000);
    assertEquals(0, marks.of(REFERENCE, "{\"count\":" + nines + "}"));
    assertEquals(0, marks.of(REFERENCE, "{\"count\":0." + nines + "}"));
  }

  @Test
  void aReferenceThatIsAnObjectWillDo() {
    ObjectNode reference = JsonNodeFactory.instance.objectNode().put("price", 2.50);
    assertEquals(1, marks.mark(reference, "{\"price\":2.5}").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Rome", "3", "{\"a\":1"})
  void aReferenceThatIsNoObjectIsAbstainedFrom(String reference) {
    assertTrue(marks.abstains(reference, "{}"));
  }
}
