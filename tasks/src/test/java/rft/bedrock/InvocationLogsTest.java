package rft.bedrock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rft.bedrock.LoggedCalls.anthropic;
import static rft.bedrock.LoggedCalls.call;
import static rft.bedrock.LoggedCalls.converse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.DatasetReader;
import rft.dataset.DatasetWriter;
import rft.dataset.Message;
import rft.dataset.Task;

final class InvocationLogsTest {
  private static final Selection EVERYTHING = new Selection(List.of(), List.of(), "");

  private static final String LONG = "x".repeat(10 << 20);

  @TempDir Path folder;

  @Test
  void aCallBecomesARowWithItsModelAndMetadata() throws IOException {
    Task task = onlyTask(read(true, converse("r1", "2 + 3?", "5", "end_turn")));
    assertEquals("r1", task.id());
    assertEquals(List.of(Message.system("Be brief."), Message.user("2 + 3?")), task.messages());
    assertEquals("5", task.referenceText());
    assertEquals("amazon.nova-lite-v1:0", task.attributes().path("model").asText());
    assertEquals("Care", task.attributes().path("metadata").path("project").asText());
  }

  @Test
  void withoutAnswersNothingButThePromptIsWritten() throws IOException {
    String tagged =
        converse("r1", "q", "a", "max_tokens").replace("\"priority\"", "\"reference_answer\"");
    InvocationLogs.Imported imported = read(false, tagged);
    Path file = folder.resolve("out.jsonl");
    DatasetWriter.write(file, imported.tasks());
    assertEquals(1, DatasetReader.read(file).rowsWithoutReference());
    assertEquals(List.of(), imported.withoutAnswer());
  }

  @Test
  void answersThatAreNotWholeAreLeftOutOfTheirRowsAndCounted() throws IOException {
    InvocationLogs.Imported imported =
        read(
            true,
            converse("r1", "a", "I cannot", "guardrail_intervened"),
            converse("r2", "b", "I ca", "max_tokens"),
            anthropic("r3", "c", "{\"content\":[{\"type\":\"tool_use\",\"name\":\"f\"}]}"),
            anthropic("r4", "d", "{\"content\":[]}"));
    assertEquals(4, imported.tasks().size());
    assertTrue(imported.tasks().stream().allMatch(task -> task.reference().isNull()));
    assertEquals(
        Map.of(
            Omission.GUARDRAIL, 1L,
            Omission.TRUNCATED, 1L,
            Omission.TOOL_CALL, 1L,
            Omission.NO_ANSWER, 1L),
        counts(imported.withoutAnswer()));
    assertEquals(Map.of(), counts(imported.leftOut()));
  }

  @Test
  void aBegunAnswerIsNoPartOfThePromptAndItsRestNoReference() throws IOException {
    String begun =
        """
        {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"{"}]}\
        """;
    InvocationLogs.Imported imported =
        read(true, call("r", "anthropic.c", begun, "{\"completion\":\"}\"}"));
    assertEquals(List.of(Message.user("q")), onlyTask(imported).messages());
    assertEquals("", onlyTask(imported).referenceText());
    assertEquals(Map.of(Omission.CONTINUATION, 1L), counts(imported.withoutAnswer()));
  }

  @Test
  void whatIsNoRowIsCountedWithItsPlace() throws IOException {
    String failed =
        converse("r1", "q1").replace("\"operation\"", "\"errorCode\":\"Busy\",\"operation\"");
    InvocationLogs.Imported imported =
        read(
            false,
            failed,
            "{\"schemaType\":\"Other\"}\n",
            call("r2", "amazon.titan-embed-text-v2:0", "{\"inputText\":\"q\"}", "{}"),
            call("r3", "arn", "{\"inputText\":\"q\"}", "{\"embedding\":[1]}"),
            call("r4", "m", "{\"taskType\":\"TEXT_IMAGE\"}", "{}"),
            call("r5", "m", "{\"strange\":1}", "{}"),
            anthropic("r6", " ", "{}"));
    assertEquals(
        Map.of(
            Omission.FAILED_CALL, 1L,
            Omission.OTHER_SCHEMA, 1L,
            Omission.OTHER_MODEL, 3L,
            Omission.UNKNOWN_BODY, 1L,
            Omission.UNFIT, 1L),
        counts(imported.leftOut()));
    assertEquals(7, imported.records());
    assertEquals(
        List.of(folder.resolve("log.json") + ":1 (Busy)"), places(imported, Omission.FAILED_CALL));
  }

  @Test
  void theSamePromptAgainIsDroppedUnlessItIsToBeKept() throws IOException {
    String[] calls = {converse("r", "q"), converse("r", "q"), converse("r", "other")};
    InvocationLogs.Imported imported = read(false, calls);
    assertEquals(List.of("r", "r-2"), ids(imported));
    assertEquals(Map.of(Omission.DUPLICATE, 1L), counts(imported.leftOut()));
    InvocationLogs.Choice all = new InvocationLogs.Choice(EVERYTHING, false, true);
    assertEquals(List.of("r", "r-2", "r-3"), ids(read(all, folder.resolve("log.json"))));
  }

  @Test
  void aRepeatedCallWithAWholeAnswerReplacesOneWithout() throws IOException {
    InvocationLogs.Imported imported =
        read(true, converse("r1", "q", "ye", "max_tokens"), converse("r2", "q"));
    assertEquals("r2", onlyTask(imported).id());
    assertEquals("yes", onlyTask(imported).referenceText());
    assertEquals(List.of(), imported.withoutAnswer());
    assertEquals(Map.of(Omission.DUPLICATE, 1L), counts(imported.leftOut()));
  }

  @Test
  void filtersHoldAllTogether() throws IOException {
    read(false, converse("r1", "a"), converse("r2", "b").replace("High", "Low"));
    assertEquals(List.of("r1", "r2"), ids(read(where("project=Care"), whereNot(), "")));
    assertEquals(List.of("r2"), ids(read(where("project=Care", "priority=Low"), whereNot(), "")));
    assertEquals(List.of("r1"), ids(read(where(), whereNot("priority=Low", "none=x"), "")));
    assertEquals(List.of(), ids(read(where("none=x"), whereNot(), "")));
    assertEquals(List.of(), ids(read(where(), whereNot(), "anthropic")));
    assertEquals(
        Map.of(Omission.OTHER_ID, 2L), counts(read(where(), whereNot(), "anthropic").leftOut()));
    assertEquals(
        Map.of(Omission.FILTERED, 2L),
        counts(read(where("none=x"), whereNot(), "anthropic").leftOut()));
  }

  @Test
  void brokenLinesAreReportedAndTheOthersKept() throws IOException {
    byte[] notUtf8 = {'{', '"', (byte) 0xff, '"', ':', '1', '}', '\n'};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(utf8(converse("r1", "a")));
    bytes.writeBytes(notUtf8);
    bytes.writeBytes(utf8(converse("r2", LONG)));
    bytes.writeBytes(utf8("\n" + converse("r3", "c")));
    bytes.writeBytes(utf8(converse("r4", "d").substring(0, 98)));
    Path log = Files.write(folder.resolve("broken.jsonl"), bytes.toByteArray());
    InvocationLogs.Imported imported = read(prompts(), log);
    assertEquals(List.of("r1", "r3"), ids(imported));
    assertEquals(
        List.of(
            log + ":2 (the bytes here are not valid UTF-8)",
            log + ":3 (the line is longer than 8 MiB)",
            log + ":6 (the row ends in the middle of a JSON value)"),
        places(imported, Omission.UNREADABLE));
  }

  @Test
  void gzipIsReadMemberByMemberUpToWhereItIsCutOff() throws IOException {
    Random random = new Random(1);
    byte[] first = gzip(converse("r1", "a") + converse("r2", "b"));
    byte[] second =
        gzip(converse("r3", "c") + converse("r4", random.ints(9000).boxed().toList().toString()));
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    Path whole = Files.write(folder.resolve("whole.json.gz"), both.toByteArray());
    assertEquals(List.of("r1", "r2", "r3", "r4"), ids(read(prompts(), whole)));
    Path cut =
        Files.write(
            folder.resolve("cut.json.gz"), Arrays.copyOf(both.toByteArray(), both.size() - 20000));
    InvocationLogs.Imported imported = read(prompts(), cut);
    assertEquals(List.of("r1", "r2", "r3"), ids(imported));
    assertTrue(places(imported, Omission.UNREADABLE).get(0).startsWith(cut + ":4 "));
  }

  @Test
  void anArrayIsReadElementByElement() throws IOException {
    String array =
        "[" + converse("r1", "a") + "," + converse("r2", "b") + ",7," + converse("r3", "c");
    Path log = Files.writeString(folder.resolve("array.json"), array);
    InvocationLogs.Imported imported = read(prompts(), log);
    assertEquals(List.of("r1", "r2", "r3"), ids(imported));
    assertEquals(2, places(imported, Omission.UNREADABLE).size());
  }

  @Test
  void bodiesInS3AreUsedIfAGivenFolderHasThem() throws IOException {
    Path hour = Files.createDirectories(folder.resolve("logs/AWSLogs/1/us-east-1"));
    Files.createDirectories(hour.resolve("data"));
    Files.write(
        hour.resolve("data/r1_input.json.gz"),
        gzip("{\"messages\":[{\"role\":\"user\",\"content\":\"large\"}]}"));
    Files.writeString(hour.resolve("amazon-bedrock-logs-permission-check.json"), "x");
    Path secret = Files.writeString(folder.resolve("secret.json"), "{\"inputText\":\"secret\"}");
    Files.write(
        hour.resolve("a.json.gz"),
        gzip(
            stored("s3://bucket/AWSLogs/1/us-east-1/data/r1_input.json.gz")
                + stored("s3://bucket/../secret.json")
                + stored("s3://" + secret)));
    InvocationLogs.Imported imported = read(prompts(), folder.resolve("logs"));
    assertEquals(List.of(Message.user("large")), onlyTask(imported).messages());
    assertEquals(List.of(hour.resolve("a.json.gz")), imported.files());
    assertEquals(
        List.of(
            hour.resolve("a.json.gz") + ":2 (s3://bucket/../secret.json)",
            hour.resolve("a.json.gz") + ":3 (s3://" + secret + ")"),
        places(imported, Omission.BODY_IN_S3));
  }

  private static String stored(String path) {
    return """
    {"schemaType":"ModelInvocationLog","requestId":"r","modelId":"m",\
    "input":{"inputBodyS3Path":"%s"}}
    """
        .formatted(path);
  }

  private InvocationLogs.Imported read(boolean withAnswers, String... records) throws IOException {
    Path log = Files.writeString(folder.resolve("log.json"), String.join("", records));
    return read(new InvocationLogs.Choice(EVERYTHING, withAnswers, false), log);
  }

  private InvocationLogs.Imported read(
      List<Selection.Tag> where, List<Selection.Tag> whereNot, String model) throws IOException {
    Selection selection = new Selection(where, whereNot, model);
    return read(new InvocationLogs.Choice(selection, false, false), folder.resolve("log.json"));
  }

  private static InvocationLogs.Imported read(InvocationLogs.Choice choice, Path log)
      throws IOException {
    return InvocationLogs.read(List.of(log), choice, records -> {});
  }

  private static InvocationLogs.Choice prompts() {
    return new InvocationLogs.Choice(EVERYTHING, false, false);
  }

  private static List<Selection.Tag> where(String... tags) {
    return Arrays.stream(tags).map(tag -> Selection.Tag.of("--where", tag)).toList();
  }

  private static List<Selection.Tag> whereNot(String... tags) {
    return where(tags);
  }

  private static Task onlyTask(InvocationLogs.Imported imported) {
    assertEquals(1, imported.tasks().size(), imported.leftOut().toString());
    return imported.tasks().get(0);
  }

  private static List<String> ids(InvocationLogs.Imported imported) {
    return imported.tasks().stream().map(Task::id).toList();
  }

  private static Map<Omission, Long> counts(List<InvocationLogs.LeftOut> entries) {
    return entries.stream()
        .collect(Collectors.toMap(InvocationLogs.LeftOut::kind, InvocationLogs.LeftOut::count));
  }

  private static List<String> places(InvocationLogs.Imported imported, Omission kind) {
    return imported.leftOut().stream()
        .filter(entry -> entry.kind() == kind)
        .flatMap(entry -> entry.places().stream())
        .toList();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(utf8(text));
    }
    return bytes.toByteArray();
  }
}
