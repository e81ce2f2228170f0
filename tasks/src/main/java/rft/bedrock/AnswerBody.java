package rft.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The response of a call in the shape of its provider: one object, or a stream's events. */
final class AnswerBody {
  private static final Set<String> CUT_OFF =
      Set.of("max_tokens", "length", "max_token", "model_context_window_exceeded");
  private static final Set<String> BLOCKED =
      Set.of(
          "guardrail_intervened",
          "content_filtered",
          "content_filter",
          "error_toxic",
          "refusal",
          "safety");
  private static final Set<String> TOOLS = Set.of("tool_use", "tool_calls", "tool_call");

  /** Where the answer is text; the first that is there holds. */
  private static final List<String> TEXTS =
      List.of(
          "/delta/text",
          "/contentBlockDelta/delta/text",
          "/completion",
          "/generation",
          "/results/0/outputText",
          "/outputText",
          "/outputs/0/text",
          "/choices/0/message/content",
          "/choices/0/delta/content",
          "/choices/0/text",
          "/generations/0/text",
          "/completions/0/data/text",
          "/text");

  /** Where the answer is a list of blocks, or one. */
  private static final List<String> BLOCKS =
      List.of(
          "/output/message/content",
          "/content",
          "/content_block",
          "/contentBlockStart/start",
          "/choices/0/message/content");

  private static final List<String> CALLS =
      List.of("/choices/0/message/tool_calls", "/choices/0/delta/tool_calls", "/tool_calls");

  private static final List<String> STOPS =
      List.of(
          "/stopReason",
          "/stop_reason",
          "/delta/stop_reason",
          "/messageStop/stopReason",
          "/results/0/completionReason",
          "/completionReason",
          "/outputs/0/stop_reason",
          "/choices/0/finish_reason",
          "/choices/0/stop_reason",
          "/generations/0/finish_reason",
          "/completions/0/finishReason/reason",
          "/finish_reason");

  private final StringBuilder text = new StringBuilder();
  private String stop = "";
  private boolean blocked;
  private boolean callsTool;

  private AnswerBody() {}

  /**
   * Returns the text of the answer, without white space around it.
   *
   * @throws OmittedException if it is no reference to learn from, with the reason
   */
  static String text(JsonNode body) throws OmittedException {
    AnswerBody answer = new AnswerBody();
    if (body.isArray()) {
      body.forEach(answer::add);
    } else {
      answer.add(body);
    }
    return answer.require(body.isArray());
  }

  private void add(JsonNode event) {
    blocked |= event.path("amazon-bedrock-guardrailAction").asText().endsWith("INTERVENED");
    for (String place : STOPS) {
      JsonNode reason = event.at(place);
      if (reason.isTextual() && !reason.textValue().isBlank()) {
        stop = reason.textValue().toLowerCase(Locale.ROOT);
      }
    }
    if (event.at("/choices/0/index").asInt() > 0) {
      return;
    }
    CALLS.forEach(place -> callsTool |= !event.at(place).isEmpty());
    BLOCKS.forEach(place -> addBlocks(event.at(place)));
    said(event).ifPresent(text::append);
  }

  private static Optional<String> said(JsonNode event) {
    return TEXTS.stream()
        .map(event::at)
        .filter(JsonNode::isTextual)
        .findFirst()
        .map(JsonNode::textValue);
  }

  private void addBlocks(JsonNode blocks) {
    if (blocks.isArray()) {
      blocks.forEach(this::addBlock);
    } else if (blocks.isObject()) {
      addBlock(blocks);
    }
  }

  private void addBlock(JsonNode block) {
    callsTool |= block.has("toolUse") || block.path("type").asText().equals("tool_use");
    if (block.path("text").isTextual()) {
      text.append(block.path("text").textValue());
    }
  }

  private String require(boolean streamed) throws OmittedException {
    if (blocked || BLOCKED.contains(stop)) {
      throw new OmittedException(Omission.GUARDRAIL, stop);
    }
    if (CUT_OFF.contains(stop) || (streamed && stop.isEmpty() && !text.isEmpty())) {
      throw new OmittedException(
          Omission.TRUNCATED, stop.isEmpty() ? "a stream without its end" : stop);
    }
    if (callsTool || TOOLS.contains(stop)) {
      throw new OmittedException(Omission.TOOL_CALL, "");
    }
    if (text.toString().isBlank()) {
      throw new OmittedException(Omission.NO_ANSWER, "");
    }
    return text.toString().strip();
  }
}
