package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.dataset.ToolCall;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.FinishReason;
import rft.reward.Score;

final class RewardExamplesTest {
  private static final Task TASK = Task.of("t", "How much is 1 + 1?", "2");

  @TempDir private Path folder;

  @Test
  void aLineIsARowOfADatasetWithACompletionAndWhatIsExpected() {
    RewardExample example =
        parsed(
            "{\"prompt\":\"1 + 1?\",\"reference_answer\":2,\"level\":\"easy\",\"completion\":\"2\","
                + "\"reward\":1,\"why\":\"it is right\",\"judge\":\"{}\"}");
    assertEquals(List.of(Message.user("1 + 1?")), example.task().messages());
    assertEquals("2", example.task().referenceText());
    assertEquals("{\"level\":\"easy\"}", example.task().attributes().toString());
    assertEquals(Completion.of("2"), example.completion());
    assertEquals(Expectation.exactly(1), example.expected());
    assertEquals("it is right", example.why());
    assertEquals("{}", example.judge());
  }

  @Test
  void aCompletionMayBeAMessageThatCallsTools() {
    Completion completion =
        parsed(
                "{\"prompt\":\"?\",\"completion\":{\"tool_calls\":[{\"function\":{\"name\":\"add\","
                    + "\"arguments\":{\"a\":1}}}]},\"reward\":0}")
            .completion();
    assertEquals(List.of(new ToolCall("", "add", "{\"a\":1}")), completion.toolCalls());
    assertEquals(FinishReason.TOOL_CALLS, completion.finishReason());
    assertEquals("", completion.text());
  }

  @Test
  void whatIsWrittenIsReadBackAsItWas() throws IOException {
    Task rich =
        new Task(
            "rich",
            List.of(Message.system("be brief"), Message.user("a\nb \u2028 \"c\"")),
            JsonNodeFactory.instance.objectNode().put("x", 1),
            JsonNodeFactory.instance.objectNode().put("tags", "y"));
    Completion cut = Completion.of("cut o", FinishReason.LENGTH, 0);
    Completion call =
        new Completion(
            "", List.of(), FinishReason.TOOL_CALLS, 0, List.of(new ToolCall("1", "f", "{}")));
    List<RewardExample> examples =
        Stream.of(
                Expectation.exactly(0.5),
                Expectation.atMost(0),
                Expectation.atLeast(-1e-3),
                new Expectation.Within(-1, 2),
                new Expectation.Abstains(),
                new Expectation.Fails(Failure.Kind.NOT_A_NUMBER))
            .map(expected -> RewardExample.of(rich, cut, expected).because("so"))
            .toList();
    Path file = folder.resolve("r.examples.jsonl");
    RewardExamples.write(file, examples);
    assertEquals(examples, RewardExamples.read(file));
    assertTrue(RewardExamples.add(file, RewardExample.of(TASK, call, Expectation.atMost(0))));
    List<RewardExample> all = RewardExamples.read(file);
    assertEquals(call.toolCalls(), all.get(6).completion().toolCalls());
    assertNull(all.get(6).why());
    assertEquals(List.of(file), list());
  }

  @Test
  void anExampleIsAddedOnceAndWhatWasThereStays() throws IOException {
    Path file = folder.resolve("r.examples.jsonl");
    String mine = "\n{\"prompt\": \"?\",  \"completion\": \"x\", \"reward\": 0}";
    Files.writeString(file, mine);
    RewardExample example = RewardExample.of(TASK, Completion.of("3"), Expectation.atMost(0));
    assertTrue(RewardExamples.add(file, example));
    assertFalse(RewardExamples.add(file, example.because("still wrong")));
    String text = Files.readString(file);
    assertTrue(text.startsWith(mine + "\n{\"id\":\"t\""), text);
    assertEquals(2, RewardExamples.read(file).size());
    assertEquals("example-2", RewardExamples.read(file).get(0).task().id());
  }

  @Test
  void aTaskWhoseFieldMeansSomethingElseHereIsRefused() {
    Task task =
        new Task(
            "t",
            List.of(Message.user("?")),
            JsonNodeFactory.instance.nullNode(),
            JsonNodeFactory.instance.objectNode().put("max", 3));
    RewardExample example = RewardExample.of(task, Completion.of(""), Expectation.exactly(0));
    Path file = folder.resolve("r.examples.jsonl");
    String message =
        assertThrows(IllegalArgumentException.class, () -> RewardExamples.add(file, example))
            .getMessage();
    assertTrue(message.contains("has a field max"), message);
    assertFalse(Files.exists(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u00a7',
      value = {
        "[1]                                                       | not a JSON object",
        "{\"prompt\":\"?\",                                        | not valid JSON from column",
        "{\"prompt\":\"?\",\"reward\":1}                           | no completion",
        "{\"prompt\":\"?\",\"completion\":3,\"reward\":1}          | completion must be a text",
        "{\"prompt\":\"?\",\"completion\":\"x\"}                   | in one way",
        "{\"prompt\":\"?\",\"completion\":\"x\",\"reward\":1,\"max\":1} | in one way",
        "{\"prompt\":\"?\",\"completion\":\"x\",\"reward\":\"1\"}  | reward must be a number",
        "{\"prompt\":\"?\",\"completion\":\"x\",\"min\":1,\"max\":0} | min must not exceed max",
        "{\"prompt\":\"?\",\"completion\":\"x\",\"abstain\":false} | abstain must be true",
        "{\"prompt\":\"?\",\"completion\":\"x\",\"failure\":\"timeot\"} | did you mean timeout?",
        "{\"completion\":\"x\",\"reward\":1}                       | the row has no messages",
        "{\"prompt\":\"?\",\"completion\":\"x\",\"reward\":1,\"why\":2} | why must be a text"
      })
  void aLineThatIsNoExampleIsNamedWithWhatIsWrong(String line, String expected) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> RewardExamples.parse("f", "\n" + line + "\n"))
            .getMessage();
    assertTrue(message.startsWith("f:2: ") && message.contains(expected), message);
  }

  @Test
  void theFileLiesBesideTheReward() {
    assertEquals(
        Path.of("a/my.reward.examples.jsonl"), RewardExamples.beside(Path.of("a/my.reward.java")));
    assertEquals(Path.of("x.examples.jsonl"), RewardExamples.beside(Path.of("x")));
  }

  @Test
  void anExpectationIsMetByWhatItSays() {
    assertTrue(Expectation.exactly(0.3).isMetBy(Score.of(0.1 + 0.2)));
    assertFalse(Expectation.exactly(0.3).isMetBy(Score.of(0.31)));
    assertTrue(Expectation.atMost(0).isMetBy(Score.of(-1)));
    assertFalse(Expectation.atMost(0).isMetBy(new Abstain("no")));
    assertTrue(new Expectation.Abstains().isMetBy(new Abstain("no")));
    assertFalse(new Expectation.Abstains().isMetBy(Score.of(0)));
    Failure timeout = new Failure(Failure.Kind.TIMEOUT, "late");
    assertTrue(new Expectation.Fails(Failure.Kind.TIMEOUT).isMetBy(timeout));
    assertFalse(new Expectation.Fails(Failure.Kind.EXCEPTION).isMetBy(timeout));
    assertEquals("0.5 to 1", new Expectation.Within(0.5, 1).text());
    assertEquals("at most 100", Expectation.atMost(100).text());
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static RewardExample parsed(String line) {
    return RewardExamples.parse("f", line).get(0);
  }
}
