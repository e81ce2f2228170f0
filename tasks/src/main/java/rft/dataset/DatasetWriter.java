package rft.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes tasks as JSONL that {@link DatasetReader} reads back as equal tasks. */
public final class DatasetWriter {
  // A number that JSON cannot spell is written bare, so that the check of the row finds it.
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  private DatasetWriter() {}

  /**
   * Writes the tasks, one line each, to a file that appears at once and whole or not at all.
   *
   * @param file the file to create or replace; its folder must exist
   * @throws IllegalArgumentException if a task breaks a rule of {@link DatasetReader}, naming it
   * @throws IOException if the file cannot be written; an older one is then still in place
   */
  public static void write(Path file, List<Task> tasks) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is not a file name");
    }
    Path draft = folder.resolve("." + target.getFileName() + "." + ProcessHandle.current().pid());
    try {
      writeRows(draft, tasks);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Returns the task as one line of JSON, without a line break: id, messages, reference_answer when
   * there is one, then the attributes.
   *
   * @throws IllegalArgumentException if the task breaks a rule of {@link DatasetReader}
   */
  public static String row(Task task) {
    ObjectNode row = JSON.createObjectNode().put(RowParser.ID, task.id());
    ArrayNode messages = row.putArray(RowParser.MESSAGES);
    task.messages().forEach(message -> addMessage(messages.addObject(), message));
    if (!task.reference().isNull()) {
      row.set(RowParser.REFERENCE, task.reference());
    }
    for (Map.Entry<String, JsonNode> attribute : task.attributes().properties()) {
      if (row.putIfAbsent(attribute.getKey(), attribute.getValue()) != null) {
        throw refused(task, "the attribute " + attribute.getKey() + " has the name of a field");
      }
    }
    return checked(task, row);
  }

  private static void writeRows(Path file, List<Task> tasks) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      Set<String> ids = new HashSet<>();
      for (Task task : tasks) {
        writer.append(row(task, ids)).append('\n');
      }
    }
  }

  /** Gives the row of each task, in order. */
  static void rows(List<Task> tasks, Consumer<String> rows) {
    Set<String> ids = new HashSet<>();
    tasks.forEach(task -> rows.accept(row(task, ids)));
  }

  private static String row(Task task, Set<String> ids) {
    if (!ids.add(task.id())) {
      throw refused(task, "its id is used twice");
    }
    return row(task);
  }

  private static String checked(Task task, ObjectNode row) {
    try {
      String line = JSON.writeValueAsString(row);
      RowParser.parse(RowText.parse(line), 1);
      if (line.getBytes(StandardCharsets.UTF_8).length > RowText.MAX_LINE_BYTES) {
        throw refused(task, "it is longer than " + (RowText.MAX_LINE_BYTES >> 20) + " MiB");
      }
      return line;
    } catch (BadRow e) {
      throw refused(task, e.getMessage());
    } catch (JsonProcessingException e) {
      throw refused(task, e.getOriginalMessage());
    }
  }

  private static void addMessage(ObjectNode node, Message message) {
    node.put("role", message.role().jsonName()).put("content", message.content());
    if (!message.toolCalls().isEmpty()) {
      ArrayNode calls = node.putArray("tool_calls");
      for (ToolCall call : message.toolCalls()) {
        ObjectNode function =
            calls.addObject().put("id", call.id()).put("type", "function").putObject("function");
        function.put("name", call.name()).put("arguments", call.arguments());
      }
    }
  }

  private static IllegalArgumentException refused(Task task, @Nullable String reason) {
    return new IllegalArgumentException(
        "task " + task.id() + " cannot be written as a dataset row: " + reason);
  }
}
