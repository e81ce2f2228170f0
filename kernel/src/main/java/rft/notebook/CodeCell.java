package rft.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One code cell of a notebook, as a view on the notebook's tree: what is changed here is changed
 * there.
 *
 * @param number counted from 1 over all cells of the notebook, as a reader counts them
 */
record CodeCell(ObjectNode tree, int number) {
  String id() {
    return tree.path("id").asText();
  }

  String source() {
    return tree.path("source").asText();
  }

  List<String> tags() {
    List<String> tags = new ArrayList<>();
    tree.path("metadata").path("tags").forEach(tag -> tags.add(tag.asText()));
    return tags;
  }

  boolean hasTag(String tag) {
    return tags().contains(tag);
  }

  /** Returns the outputs in the form of the file, except that no text is cut into lines. */
  ArrayNode outputs() {
    return tree.withArray("outputs");
  }

  void setExecutionCount(int count) {
    tree.put("execution_count", count);
  }

  /** Takes away what an earlier run left. */
  void clear() {
    outputs().removeAll();
    tree.putNull("execution_count");
  }

  /** Returns its first line that says something, for progress and messages. */
  String title() {
    return source().lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
  }

  static boolean isCode(JsonNode cell) {
    return cell.path("cell_type").asText().equals("code");
  }
}
