package rft.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts of a notebook that its file holds as lists of lines, so that a change shows as few
 * lines in a diff; and what a file holds that must not be kept.
 *
 * @see <a href="https://nbformat.readthedocs.io/en/latest/format_description.html">The format</a>
 */
final class SplitLines {
  /** What Python's {@code splitlines} takes for the end of a line. */
  private static final String LINE_ENDS = "\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";

  private SplitLines() {}

  /** Makes every list of lines one text. */
  static void join(ObjectNode notebook) {
    dropTransient(notebook);
    for (JsonNode cell : notebook.path("cells")) {
      joinField(cell, "source");
      cell.path("attachments").forEach(SplitLines::joinBundle);
      for (JsonNode output : cell.path("outputs")) {
        joinBundle(output.path("data"));
        joinField(output, "text");
      }
    }
  }

  /** Makes every long text a list of lines. */
  static void split(ObjectNode notebook) {
    dropTransient(notebook);
    for (JsonNode cell : notebook.path("cells")) {
      splitField(cell, "source");
      cell.path("attachments").forEach(SplitLines::splitBundle);
      for (JsonNode output : cell.path("outputs")) {
        splitBundle(output.path("data"));
        splitField(output, "text");
      }
    }
  }

  /** Whether a browser trusts a notebook is no part of it. */
  private static void dropTransient(ObjectNode notebook) {
    notebook
        .withObject("/metadata")
        .remove(List.of("orig_nbformat", "orig_nbformat_minor", "signature"));
    for (JsonNode cell : notebook.path("cells")) {
      if (cell.path("metadata") instanceof ObjectNode metadata) {
        metadata.remove("trusted");
      }
    }
  }

  private static void joinBundle(JsonNode bundle) {
    for (String mime : names(bundle)) {
      if (!isJson(mime)) {
        joinField(bundle, mime);
      }
    }
  }

  private static void splitBundle(JsonNode bundle) {
    for (String mime : names(bundle)) {
      if (mime.startsWith("text/")
          || mime.equals("application/javascript")
          || mime.equals("image/svg+xml")) {
        splitField(bundle, mime);
      }
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean isJson(String mime) {
    return mime.equals("application/json")
        || (mime.startsWith("application/") && mime.endsWith("+json"));
  }

  private static void joinField(JsonNode parent, String name) {
    if (!(parent.path(name) instanceof ArrayNode lines) || !(parent instanceof ObjectNode object)) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode line : lines) {
      if (!line.isTextual()) {
        return;
      }
      text.append(line.textValue());
    }
    object.put(name, text.toString());
  }

  private static void splitField(JsonNode parent, String name) {
    if (parent.path(name) instanceof TextNode text && parent instanceof ObjectNode object) {
      ArrayNode lines = object.putArray(name);
      lines(text.textValue()).forEach(lines::add);
    }
  }

  /** Returns the lines with their ends. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (!isPair && LINE_ENDS.indexOf(c) >= 0) {
        lines.add(text.substring(start, i + 1));
        start = i + 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }
}
