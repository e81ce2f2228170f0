package rft.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SplitterTest {
  private static final Splitter STANDARD = Splitter.standard();

  @Test
  void sharesComeOutRightWithinSamplingError() {
    int count = 20_000;
    Map<Split, List<Task>> parts =
        STANDARD.split(
            IntStream.range(0, count).mapToObj(i -> Task.of("t" + i, "Add " + i, "" + i)).toList());
    assertShare(0.7, parts.get(Split.TRAIN).size(), count);
    assertShare(0.1, parts.get(Split.VALIDATION).size(), count);
    assertShare(0.2, parts.get(Split.TEST).size(), count);
    assertEquals(count, parts.values().stream().mapToInt(List::size).sum());
  }

  @Test
  void anotherWordingOfTheSameContentKeyStaysInItsSplit() {
    for (int i = 0; i < 300; i++) {
      Task first = keyed("What is " + i + " plus 5?", i + "+5");
      Task second = keyed("Please add 5 to " + i, i + "+5");
      assertEquals(STANDARD.splitOf(first), STANDARD.splitOf(second));
    }
  }

  @Test
  void caseSpaceAndPunctuationDoNotMoveATaskButDigitsDo() {
    List<Split> digits = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Split split = STANDARD.splitOf(Task.of("a", "What is " + i + " plus 5?", "x"));
      assertEquals(split, STANDARD.splitOf(Task.of("b", "what is  " + i + "\nPLUS 5", "x")));
      digits.add(split);
    }
    assertNotEquals(1, digits.stream().distinct().count());
  }

  @Test
  void textWithoutLettersOrDigitsStillSpreads() {
    long splits =
        IntStream.range(1, 200)
            .mapToObj(i -> STANDARD.splitOf(Task.of("a", "+".repeat(i), "x")))
            .distinct()
            .count();
    assertEquals(3, splits);
  }

  @Test
  void theOrderOfFieldsInTheReferenceDoesNotMatter() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (int i = 0; i < 300; i++) {
      String ab = "{\"a\":{\"x\":1,\"y\":2},\"b\":" + i + "}";
      String ba = "{\"b\":" + i + ",\"a\":{\"y\":2,\"x\":1}}";
      Task task = Task.of("a", "extract", "");
      ObjectNode none = json.createObjectNode();
      assertEquals(
          STANDARD.splitOf(new Task("a", task.messages(), json.readTree(ab), none)),
          STANDARD.splitOf(new Task("b", task.messages(), json.readTree(ba), none)));
    }
  }

  @Test
  void aLargerValidationShareMovesNoTestTask() {
    Splitter wider = new Splitter(0.4, 0.2);
    for (int i = 0; i < 1000; i++) {
      Task task = Task.of("t", "Add " + i, "x");
      assertEquals(STANDARD.splitOf(task) == Split.TEST, wider.splitOf(task) == Split.TEST);
    }
  }

  @Test
  void theChoiceIsTheSameInEveryReleaseOfTheProduct() {
    String splits =
        IntStream.range(0, 20)
            .mapToObj(i -> STANDARD.splitOf(Task.of("t", "Add " + i, "x")).name().substring(0, 2))
            .reduce("", String::concat);
    assertEquals("TRTRTRTRVATRTRTRTRTRTRTETRTRTEVATRTRTETE", splits);
  }

  @Test
  void sharesThatLeaveNothingToTrainOnAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Splitter(0.5, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new Splitter(-0.1, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new Splitter(Double.NaN, 0.5));
  }

  private static void assertShare(double expected, int members, int count) {
    double fourDeviations = 4 * Math.sqrt(expected * (1 - expected) / count);
    assertEquals(expected, (double) members / count, fourDeviations);
  }

  private static Task keyed(String prompt, String key) {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode().put(Task.CONTENT_KEY, key);
    Task task = Task.of("t", prompt, "x");
    return new Task("t", task.messages(), task.reference(), attributes);
  }
}
