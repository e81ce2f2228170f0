package rft.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One part of what a cell shows, as masked lines that can be compared.
 *
 * @param kind a stream's name, a MIME type or {@link #ERROR}
 */
record OutputText(String kind, List<String> lines) {
  /** The kind whose first line is the type of the error. */
  static final String ERROR = "error";

  private static final String IMAGE = "image/";
  private static final String SVG = "image/svg+xml";
  private static final String TEXT = "text/plain";

  OutputText {
    lines = List.copyOf(lines);
  }

  /** Returns the parts of all outputs of a cell, in order. */
  static List<OutputText> of(CodeCell cell, Masking masking) {
    List<OutputText> parts = new ArrayList<>();
    for (JsonNode output : cell.outputs()) {
      String type = output.path("output_type").asText();
      if (type.equals("stream")) {
        parts.add(part(output.path("name").asText(), output.path("text").asText(), masking));
      } else if (type.equals(ERROR)) {
        StringBuilder text = new StringBuilder(output.path("ename").asText());
        output.path("traceback").forEach(line -> text.append('\n').append(line.asText()));
        parts.add(part(ERROR, text.toString(), masking));
      } else {
        bundle(output.path("data"), masking, parts);
      }
    }
    return parts;
  }

  private static void bundle(JsonNode data, Masking masking, List<OutputText> parts) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    data.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    boolean hasText = sorted.containsKey(TEXT);
    sorted.forEach(
        (mime, value) -> {
          boolean isMarkup = mime.equals("text/html") || mime.equals(SVG);
          boolean isPicture = mime.startsWith(IMAGE) && !isMarkup;
          if (isPicture || (hasText && !mime.equals(TEXT))) {
            // A picture says what its text says, with the fonts and the clock of the machine.
            parts.add(new OutputText(mime, List.of("<there>")));
          } else if (isMarkup) {
            parts.add(part(mime, value.asText().replace("><", ">\n<"), masking));
          } else {
            String text = value.isTextual() ? value.textValue() : JupyterJson.write(value);
            parts.add(part(mime, text, masking));
          }
        });
  }

  private static OutputText part(String kind, String text, Masking masking) {
    return new OutputText(kind, masking.apply(text).lines().toList());
  }
}
