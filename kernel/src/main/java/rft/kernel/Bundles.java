package rft.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import com.google.gson.JsonSerializer;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Bundles of the display library as the protocol writes them. */
final class Bundles {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  // The library's maps are private; it declares for Gson how they are written.
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeSpecialFloatingPointValues()
          .registerTypeHierarchyAdapter(
              JsonNode.class,
              (JsonSerializer<JsonNode>)
                  (node, type, to) -> JsonParser.parseString(node.toString()))
          .create();

  private Bundles() {}

  /** Returns {@code data}, {@code metadata} and, if there is any, {@code transient}. */
  static ObjectNode content(DisplayData bundle) {
    ObjectNode content;
    try {
      content = (ObjectNode) JSON.readTree(GSON.toJson(bundle));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a bundle became JSON that cannot be read", e);
    }
    ObjectNode data = content.withObject("/data");
    data.properties().forEach(each -> each.setValue(value(each.getKey(), each.getValue())));
    if (!content.path("metadata").isObject()) {
      content.putObject("metadata");
    }
    if (!content.path("transient").isObject()) {
      content.remove("transient");
    }
    return content;
  }

  /** The library keeps JSON as text; the protocol wants the value. */
  private static JsonNode value(String type, JsonNode given) {
    boolean json = type.equals("application/json") || type.endsWith("+json");
    if (!json || !given.isTextual()) {
      return given;
    }
    try {
      return JSON.readTree(given.asText());
    } catch (JsonProcessingException e) {
      return given;
    }
  }

  /** Returns the plain text of a bundle; empty if it has none. */
  static String plainText(ObjectNode content) {
    return content.path("data").path("text/plain").asText("");
  }

  /** Returns a node of no fields. */
  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
