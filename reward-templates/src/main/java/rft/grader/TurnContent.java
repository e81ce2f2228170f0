package rft.grader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a message to a model holds: a text, one part, or a list of parts. */
final class TurnContent {
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "input_text", List.of("type", "text"),
          "output_text", List.of("type", "text"),
          "input_image", List.of("type"),
          "input_audio", List.of("type", "input_audio"));

  private TurnContent() {}

  /** Notes what is wrong with a content. */
  static void check(Fields content) {
    if (content.node().isArray()) {
      if (content.node().isEmpty()) {
        content.wrong("is empty");
      }
      content.elements().forEach(TurnContent::checkPart);
    } else {
      checkPart(content);
    }
  }

  private static void checkPart(Fields part) {
    if (part.node().isTextual()) {
      part.asTemplate();
      return;
    }
    if (!part.isObject()) {
      return;
    }
    String type = part.text("type");
    List<String> required = REQUIRED.get(type);
    if (required == null) {
      part.wrong(
          "must be a string, or a part whose type is input_text, output_text, input_image or"
              + " input_audio");
      return;
    }
    switch (type) {
      case "input_image" -> {
        part.allow(required, List.of("image_url", "file_id", "detail"));
        part.template("image_url");
      }
      case "input_audio" -> part.allow(required, List.of());
      default -> {
        part.allow(required, List.of());
        part.template("text");
      }
    }
  }

  /** Returns the templates of a content in order, or empty if it has a part that is no text. */
  static Optional<List<String>> texts(JsonNode content) {
    List<String> texts = new ArrayList<>();
    for (JsonNode part : content.isArray() ? content : List.of(content)) {
      if (part.isTextual()) {
        texts.add(part.textValue());
      } else if (part.path("text").isTextual()) {
        texts.add(part.path("text").textValue());
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(texts);
  }
}
