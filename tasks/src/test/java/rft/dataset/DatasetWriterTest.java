package rft.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetWriterTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @TempDir Path folder;

  @Test
  void aRowLongerThanTheReaderTakesIsRefused() {
    Task task = Task.of("t", "q".repeat(RowText.MAX_LINE_BYTES), "a");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DatasetWriter.row(task));
    assertTrue(String.valueOf(e.getMessage()).contains("8 MiB"), e.getMessage());
  }

  @Test
  void aWrittenDatasetReadsBackEqual() throws IOException {
    Random random = new Random(11);
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      tasks.add(randomTask(random, "task " + i + text(random)));
    }
    Path file = folder.resolve("written.jsonl");
    DatasetWriter.write(file, tasks);
    Dataset dataset = DatasetReader.read(file);
    assertEquals(List.of(), dataset.problems());
    assertEquals(tasks, dataset.tasks());
  }

  @Test
  void fieldsComeInAFixedOrder() {
    Task task = Task.of("a", "2+2?", "4");
    ObjectNode attributes = JSON.objectNode().put("level", 1);
    assertEquals(
        "{\"id\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"2+2?\"}],"
            + "\"reference_answer\":\"4\",\"level\":1}",
        DatasetWriter.row(new Task("a", task.messages(), task.reference(), attributes)));
  }

  @Test
  void aTaskTheReaderWouldRefuseLeavesTheOldFileInPlace() throws IOException {
    Path file = folder.resolve("data.jsonl");
    Files.writeString(file, "old");
    List<Task> twins = List.of(Task.of("a", "q", "1"), Task.of("a", "r", "2"));
    assertThrows(IllegalArgumentException.class, () -> DatasetWriter.write(file, twins));
    assertEquals("old", Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void whatJsonOrTheSchemaCannotHoldIsRefusedByName() {
    assertRefused(Task.of("a", " ", "1"), "blank");
    assertRefused(withAttribute("level", JSON.numberNode(Double.NaN)), "not valid JSON");
    assertRefused(withAttribute("messages", JSON.textNode("m")), "attribute messages");
    assertRefused(withAttribute("id", JSON.textNode("m")), "attribute id");
  }

  private static void assertRefused(Task task, String part) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> DatasetWriter.row(task)).getMessage();
    assertTrue(message.startsWith("task a cannot be written"), message);
    assertTrue(message.contains(part), message);
  }

  private static Task withAttribute(String name, JsonNode value) {
    Task task = Task.of("a", "q", "1");
    ObjectNode attributes = JSON.objectNode().set(name, value);
    return new Task("a", task.messages(), task.reference(), attributes);
  }

  private static Task randomTask(Random random, String id) {
    List<Message> messages = new ArrayList<>();
    if (random.nextBoolean()) {
      messages.add(Message.system("s" + text(random)));
    }
    messages.add(Message.user("u" + text(random)));
    if (random.nextBoolean()) {
      ToolCall call = new ToolCall("c" + text(random), "f" + text(random), text(random));
      messages.add(new Message(Role.ASSISTANT, text(random), List.of(call)));
      messages.add(new Message(Role.TOOL, text(random)));
    }
    ObjectNode attributes = JSON.objectNode();
    for (int i = random.nextInt(3); i > 0; i--) {
      attributes.set("k" + i + text(random), json(random, 3));
    }
    return new Task(id, messages, json(random, 3), attributes);
  }

  private static JsonNode json(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextInt());
      case 3 -> JSON.numberNode(Integer.MAX_VALUE + 1L + random.nextInt(1000));
      case 4 -> JSON.numberNode(random.nextGaussian() * 1e30);
      case 5 -> JSON.textNode("t" + text(random));
      case 6 -> JSON.arrayNode().add(json(random, depth - 1)).add(json(random, depth - 1));
      default -> JSON.objectNode().set("f" + text(random), json(random, depth - 1));
    };
  }

  /** Returns up to twelve characters from all over Unicode, controls and line ends included. */
  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int limit = random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1;
      int codePoint = random.nextInt(1, limit);
      boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
      text.appendCodePoint(surrogate ? '\n' : codePoint);
    }
    return text.toString();
  }
}
