package rft.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One logged call.
 *
 * @param node the record as it was logged
 */
record LogRecord(ObjectNode node) {
  private static final String SCHEMA = "ModelInvocationLog";

  /** What CloudWatch calls the text of an event, and what its queries call it. */
  private static final List<String> MESSAGE = List.of("message", "@message");

  /** Models that answer with something else than text, by their ids. */
  private static final Pattern OTHER_MODEL =
      Pattern.compile(
          "embed-|embeddings|rerank|titan-image|nova-canvas|nova-reel|nova-sonic|stability\\.|luma\\.");

  /** Fields of requests for embeddings, images and rankings. */
  private static final Set<String> OTHER_REQUEST =
      Set.of("taskType", "text_prompts", "texts", "inputImage", "embeddingTypes", "documents");

  private static final Set<String> OTHER_RESPONSE =
      Set.of("embedding", "embeddings", "embeddingsByType", "images", "artifacts");

  /** Returns what an event of Amazon CloudWatch carries; empty if the object is none. */
  static Optional<String> messageOf(ObjectNode object) {
    return object.has("schemaType")
        ? Optional.empty()
        : MESSAGE.stream()
            .map(object::path)
            .filter(message -> message.isTextual() || message.isObject())
            .map(message -> message.isTextual() ? message.textValue().strip() : message.toString())
            .findFirst();
  }

  String requestId() {
    return node.path("requestId").asText();
  }

  String modelId() {
    return node.path("modelId").asText();
  }

  JsonNode metadata() {
    return node.path("requestMetadata");
  }

  /**
   * Returns what a row keeps of the call beside the conversation. A tag called {@code
   * reference_answer} is left out, because a dataset would take it for the answer.
   */
  ObjectNode attributes() {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    if (!modelId().isBlank()) {
      attributes.put("model", modelId());
    }
    if (metadata() instanceof ObjectNode tags) {
      ObjectNode kept = tags.deepCopy();
      kept.remove("reference_answer");
      if (!kept.isEmpty()) {
        attributes.set("metadata", kept);
      }
    }
    return attributes;
  }

  /**
   * @throws OmittedException if it is no successful call, or one that was not asked for
   */
  void require(Selection selection) throws OmittedException {
    String schema = node.path("schemaType").asText();
    if (!schema.equals(SCHEMA)) {
      throw new OmittedException(
          Omission.OTHER_SCHEMA, schema.isEmpty() ? "without schemaType" : schema);
    }
    if (!selection.takes(metadata())) {
      throw new OmittedException(Omission.FILTERED, "");
    }
    if (!selection.takesModel(modelId())) {
      throw new OmittedException(Omission.OTHER_ID, modelId());
    }
    if (node.hasNonNull("errorCode")) {
      throw new OmittedException(Omission.FAILED_CALL, node.path("errorCode").asText());
    }
    if (OTHER_MODEL.matcher(modelId()).find() || has(inline("output"), OTHER_RESPONSE)) {
      throw new OmittedException(Omission.OTHER_MODEL, modelId());
    }
  }

  /**
   * Returns the request's body.
   *
   * @throws OmittedException if it is not at hand or asks for no text
   */
  JsonNode prompt(LogFiles files) throws OmittedException {
    JsonNode body = body("input", Omission.BODY_IN_S3, Omission.UNKNOWN_BODY, files);
    if (!body.has("messages") && !body.has("message") && has(body, OTHER_REQUEST)) {
      throw new OmittedException(Omission.OTHER_MODEL, modelId());
    }
    return body;
  }

  /**
   * Returns the response's body.
   *
   * @throws OmittedException if it is not at hand
   */
  JsonNode answer(LogFiles files) throws OmittedException {
    return body("output", Omission.ANSWER_IN_S3, Omission.NO_ANSWER, files);
  }

  private JsonNode body(String side, Omission elsewhere, Omission absent, LogFiles files)
      throws OmittedException {
    JsonNode inline = inline(side);
    if (!inline.isMissingNode()) {
      return inline;
    }
    String path = node.path(side).path(side + "BodyS3Path").asText();
    if (path.isBlank()) {
      throw new OmittedException(absent, "no " + side + "BodyJson");
    }
    try {
      Optional<JsonNode> stored = files.body(path);
      return stored.orElseThrow(() -> new OmittedException(elsewhere, path));
    } catch (IOException e) {
      throw new OmittedException(elsewhere, path + ", whose file cannot be read as JSON");
    }
  }

  private JsonNode inline(String side) {
    for (String name : List.of(side + "BodyJson", side + "BodyJSON")) {
      if (node.path(side).hasNonNull(name)) {
        return node.path(side).path(name);
      }
    }
    return MissingNode.getInstance();
  }

  private static boolean has(JsonNode body, Set<String> fields) {
    return fields.stream().anyMatch(body::has);
  }
}
