package rft.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes what a kernel publishes into the cells of a notebook, as a front-end shows it: texts of
 * one stream that follow each other become one output, and an update of a display reaches every
 * cell that shows it, with the last one winning. Not for several threads.
 */
final class OutputRecorder {
  private final Map<String, List<ObjectNode>> displays = new HashMap<>();

  /** Numbers of the cells that lose their outputs once they show something new. */
  private final Set<Integer> clearedByNext = new HashSet<>();

  /**
   * Takes one message.
   *
   * @param cell whose execution it belongs to
   * @param type for example {@code stream}; types that show nothing are ignored
   */
  void record(CodeCell cell, String type, JsonNode content) {
    switch (type) {
      case "stream" -> stream(cell, content);
      case "display_data" -> shown(cell, type, content);
      case "execute_result" -> {
        ObjectNode output = shown(cell, type, content);
        output.set("execution_count", content.path("execution_count"));
      }
      case "update_display_data" -> update(content);
      case "error" -> {
        ObjectNode output = add(cell, type);
        for (String field : List.of("ename", "evalue", "traceback")) {
          output.set(field, content.path(field));
        }
      }
      case "clear_output" -> clear(cell, content.path("wait").asBoolean());
      default -> {}
    }
  }

  private void stream(CodeCell cell, JsonNode content) {
    String name = content.path("name").asText();
    String text = content.path("text").asText();
    beginOutput(cell);
    ArrayNode outputs = cell.outputs();
    JsonNode last = outputs.path(outputs.size() - 1);
    if (last instanceof ObjectNode joined
        && joined.path("output_type").asText().equals("stream")
        && joined.path("name").asText().equals(name)) {
      joined.put("text", joined.path("text").asText() + text);
    } else {
      add(cell, "stream").put("name", name).put("text", text);
    }
  }

  private ObjectNode shown(CodeCell cell, String type, JsonNode content) {
    ObjectNode output = add(cell, type);
    fill(output, content);
    JsonNode id = content.path("transient").path("display_id");
    if (id.isTextual()) {
      displays.computeIfAbsent(id.textValue(), key -> new ArrayList<>()).add(output);
    }
    return output;
  }

  private void update(JsonNode content) {
    String id = content.path("transient").path("display_id").asText();
    displays.getOrDefault(id, List.of()).forEach(output -> fill(output, content));
  }

  private static void fill(ObjectNode output, JsonNode content) {
    output.set("data", content.path("data").deepCopy());
    JsonNode metadata = content.path("metadata");
    output.set("metadata", metadata.isObject() ? metadata.deepCopy() : output.objectNode());
  }

  private void clear(CodeCell cell, boolean wait) {
    if (wait) {
      clearedByNext.add(cell.number());
    } else {
      clearNow(cell);
    }
  }

  private ObjectNode add(CodeCell cell, String type) {
    beginOutput(cell);
    return cell.outputs().addObject().put("output_type", type);
  }

  private void beginOutput(CodeCell cell) {
    if (clearedByNext.remove(cell.number())) {
      clearNow(cell);
    }
  }

  private void clearNow(CodeCell cell) {
    // By identity: another cell may show an equal output.
    Set<JsonNode> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    cell.outputs().forEach(gone::add);
    displays.values().forEach(outputs -> outputs.removeIf(gone::contains));
    cell.outputs().removeAll();
  }
}
