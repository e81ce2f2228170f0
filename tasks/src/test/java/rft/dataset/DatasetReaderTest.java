package rft.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetReaderTest {
  private static final String GOOD =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"2+2?\"}],\"reference_answer\":\"4\"}";

  @TempDir Path folder;

  @Test
  void everyFieldOfARowFindsItsPlace() throws IOException {
    Task task =
        read("{\"id\":7,\"level\":\"easy\",\"messages\":[{\"role\":\"system\",\"content\":\"Add.\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"2+\"},"
                + "{\"type\":\"text\",\"text\":\"2?\"}]}],\"reference_answer\":{\"sum\":4}}")
            .tasks()
            .get(0);
    assertEquals("7", task.id());
    assertEquals(List.of(Message.system("Add."), Message.user("2+2?")), task.messages());
    assertEquals("{\"sum\":4}", task.referenceText());
    assertEquals("{\"level\":\"easy\"}", task.attributes().toString());
  }

  @Test
  void aRowWithoutIdIsNamedAfterItsLine() throws IOException {
    Dataset dataset = read("\n" + GOOD + "\r\n\n" + GOOD);
    assertEquals(List.of("row-2", "row-4"), dataset.tasks().stream().map(Task::id).toList());
    assertEquals(2, dataset.rows());
  }

  @Test
  void theReferenceMayLieUnderMetadataWhoseRestStays() throws IOException {
    Task task =
        read("{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],"
                + "\"metadata\":{\"reference_answer\":[1,2],\"key\":\"v\"}}")
            .tasks()
            .get(0);
    assertEquals("[1,2]", task.referenceText());
    assertEquals("{\"metadata\":{\"key\":\"v\"}}", task.attributes().toString());
  }

  @Test
  void twoDifferentReferencesAreRefused() throws IOException {
    assertProblem(
        "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],\"reference_answer\":\"1\","
            + "\"metadata\":{\"reference_answer\":#\"2\"}}",
        "differ");
  }

  @Test
  void toolTurnsAreReadAndRowsWithoutReferenceCounted() throws IOException {
    Dataset dataset =
        read(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\","
                + "\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"add\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"content\":\"\"}]}");
    Message call = dataset.tasks().get(0).messages().get(1);
    assertEquals(new Message(Role.ASSISTANT, "", List.of(new ToolCall("c1", "add", "{}"))), call);
    assertEquals(1, dataset.rowsWithoutReference());
  }

  @Test
  void goodRowsSurviveBadNeighbours() throws IOException {
    Dataset dataset = read(GOOD + "\n{\"messages\":[]}\n" + GOOD + "\nnonsense\n");
    assertEquals(List.of("row-1", "row-3"), dataset.tasks().stream().map(Task::id).toList());
    assertEquals(List.of(2L, 4L), dataset.problems().stream().map(RowProblem::line).toList());
    assertEquals(4, dataset.rows());
  }

  @Test
  void anEmptyFileSaysThatItIsEmpty() throws IOException {
    Dataset empty = read("\n \n");
    String message = assertThrows(IllegalArgumentException.class, empty::requireTasks).getMessage();
    assertTrue(message.startsWith("dataset data.jsonl is empty"), message);
  }

  @Test
  void aFileWithoutAGoodRowNamesTheFirstProblem() throws IOException {
    Dataset bad = read("{}\n{}");
    String message = assertThrows(IllegalArgumentException.class, bad::requireTasks).getMessage();
    assertTrue(message.contains("all 2 were refused"), message);
    assertTrue(message.contains("line 1, column 1: the row has no messages"), message);
  }

  @Test
  void aRowWithoutMessagesIsRefused() throws IOException {
    assertProblem("  #{\"id\":\"a\"}", "no messages");
    assertProblem("{\"messages\":#[]}", "messages is empty");
    assertProblem("{\"messages\":#\"hi\"}", "messages is a string, not an array");
    assertProblem("{\"messages\":[#5]}", "a message is a number");
  }

  @Test
  void anUnknownRoleNamesTheNearestAndTheAllowedOnes() throws IOException {
    RowProblem problem =
        assertProblem("{\"messages\":[{\"role\":#\"usr\",\"content\":\"q\"}]}", "role \"usr\"");
    assertEquals("did you mean user? The roles are system, user, assistant, tool", problem.fix());
    assertTrue(fixForRole("nova_assistant").startsWith("did you mean assistant?"));
    assertTrue(fixForRole("developer").startsWith("did you mean system?"));
    assertEquals("The roles are system, user, assistant, tool", fixForRole("narrator"));
  }

  @Test
  void theOrderOfMessagesIsChecked() throws IOException {
    String user = "{\"role\":\"user\",\"content\":\"q\"}";
    assertProblem(
        "{\"messages\":[" + user + ",#{\"role\":\"system\",\"content\":\"s\"}]}", "system message");
    assertProblem("{\"messages\":#[{\"role\":\"system\",\"content\":\"s\"}]}", "from the user");
    RowProblem last =
        assertProblem(
            "{\"messages\":[" + user + ",#{\"role\":\"assistant\",\"content\":\"4\"}]}",
            "the last message is the assistant's");
    assertTrue(last.fix().contains("\"reference_answer\""), last.fix());
  }

  @Test
  void contentMustBeTextAndNotBlank() throws IOException {
    assertProblem("{\"messages\":[{\"role\":\"user\",\"content\":#\" \"}]}", "is blank");
    assertProblem("{\"messages\":[{\"role\":\"user\",\"content\":#3}]}", "is a number");
    assertProblem("{\"messages\":[#{\"role\":\"user\"}]}", "is missing");
    assertProblem(
        "{\"messages\":[{\"role\":\"user\",\"content\":[#{\"type\":\"image_url\"}]}]}", "block");
  }

  @Test
  void blankIdsAndReferencesAreRefused() throws IOException {
    String rest = "\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]";
    assertProblem("{\"id\":#\" \"," + rest + "}", "id is blank");
    assertProblem("{\"id\":#[1]," + rest + "}", "id is an array");
    assertProblem("{" + rest + ",\"reference_answer\":#\"\"}", "reference_answer is blank");
  }

  @Test
  void aDuplicateIdNamesTheFirstLine() throws IOException {
    String row = "{#\"id\": \"a\"," + GOOD.substring(1);
    Dataset dataset = read((row + "\n\n" + row).replace("#", ""));
    assertEquals(1, dataset.tasks().size());
    RowProblem problem = dataset.problems().get(0);
    assertEquals(3, problem.line());
    assertEquals(8, problem.column());
    assertEquals("the id \"a\" is already used in line 1", problem.reason());
  }

  @Test
  void invalidUtf8PointsAtTheCharacter() throws IOException {
    byte[] bytes = (GOOD + "\n{\"id\":\"é?\"}").getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 3] = (byte) 0xFF;
    RowProblem problem = readBytes(bytes).problems().get(0);
    assertEquals("the bytes here are not valid UTF-8", problem.reason());
    assertEquals(2, problem.line());
    assertEquals(9, problem.column());
  }

  @Test
  void aTruncatedCharacterAtTheEndIsInvalidToo() throws IOException {
    byte[] whole = (GOOD + "é").getBytes(StandardCharsets.UTF_8);
    Dataset dataset = readBytes(Arrays.copyOf(whole, whole.length - 1));
    assertTrue(dataset.problems().get(0).reason().contains("UTF-8"));
  }

  @Test
  void oneByteOrderMarkIsAcceptedAndASecondIsNot() throws IOException {
    assertEquals(1, read("\uFEFF" + GOOD).tasks().size());
    assertEquals(1, read("\uFEFF\uFEFF" + GOOD).problems().size());
  }

  @Test
  void nulAndHalfSurrogatesAreRefused() throws IOException {
    assertProblem("{\"id\":\"a#\0\"}", "a NUL character");
    assertProblem("{\"id\":#\"a\\u0000\"}", "an escaped NUL character");
    assertProblem("{\"id\":#\"a\\ud800\"}", "half of a surrogate pair");
    assertProblem("{\"id\":#1e999}", "beyond the range of double");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]#|not a JSON object",
        "{\"a\":1#|ends in the middle",
        "{\"a\":1,\"a\"#:2}|written twice",
        "{} #{}|more text follows",
        "{#'a':1}|not valid JSON"
      })
  void brokenJsonSaysWhereAndWhy(String line) throws IOException {
    String[] parts = line.split("\\|");
    RowProblem problem = read(parts[0].replace("#", "")).problems().get(0);
    assertTrue(problem.reason().contains(parts[1]), problem.sentence());
    assertTrue(problem.column() >= 1, problem.sentence());
    assertTrue(!problem.fix().isBlank(), problem.sentence());
  }

  @Test
  void jsonDeeperThanTheLimitIsRefusedNotAStackOverflow() throws IOException {
    Dataset dataset =
        read("{\"a\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}\n" + GOOD);
    assertTrue(dataset.problems().get(0).reason().contains("200 levels"));
    assertEquals(1, dataset.tasks().size());
  }

  @Test
  void aLineOfTenMegabytesIsOneProblemAndTheNextRowIsRead() throws IOException {
    String huge = GOOD.replace("2+2?", "x".repeat(10_000_000));
    Dataset dataset = read(GOOD + "\n" + huge + "\n" + GOOD);
    assertEquals(List.of("row-1", "row-3"), dataset.tasks().stream().map(Task::id).toList());
    assertEquals(1, dataset.problems().size());
    String sentence = dataset.problems().get(0).sentence();
    assertTrue(sentence.startsWith("line 2, column 1: the line is longer than 8 MiB"), sentence);
    assertEquals(3, dataset.rows());
  }

  @Test
  void theHashIsThatOfTheFile() throws IOException {
    assertEquals(
        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", read("hello").sha256());
  }

  private String fixForRole(String role) throws IOException {
    return read("{\"messages\":[{\"role\":\"" + role + "\",\"content\":\"q\"}]}")
        .problems()
        .get(0)
        .fix();
  }

  /** Reads one row in which # marks the place of the problem, and returns that problem. */
  private RowProblem assertProblem(String marked, String reason) throws IOException {
    Dataset dataset = read(marked.replace("#", ""));
    assertEquals(1, dataset.problems().size(), "problems of " + marked);
    RowProblem problem = dataset.problems().get(0);
    assertTrue(problem.reason().contains(reason), problem.sentence());
    assertEquals(marked.indexOf('#') + 1, problem.column(), problem.sentence());
    return problem;
  }

  private Dataset read(String text) throws IOException {
    return readBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private Dataset readBytes(byte[] bytes) throws IOException {
    Path file = folder.resolve("data.jsonl");
    Files.write(file, bytes);
    Dataset dataset = DatasetReader.read(file);
    List<Task> streamed = new ArrayList<>();
    DatasetReader.stream(new ByteArrayInputStream(bytes), streamed::add, problem -> {});
    assertEquals(dataset.tasks(), streamed);
    return dataset;
  }
}
