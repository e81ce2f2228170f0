package rft.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.dataset.ToolCall;

/** The content of one message, as Converse, Anthropic or OpenAI write it: a string or blocks. */
final class ContentBlocks {
  /** Blocks that are not part of what is said. */
  private static final Set<String> UNSAID =
      Set.of("reasoningContent", "thinking", "redacted_thinking", "cachePoint", "reasoning");

  private final StringBuilder text = new StringBuilder();
  private final List<ToolCall> calls = new ArrayList<>();
  private final List<Message> toolResults = new ArrayList<>();

  private ContentBlocks() {}

  /**
   * @throws OmittedException if something in it is neither text nor a tool's call or result
   */
  static ContentBlocks of(JsonNode content) throws OmittedException {
    ContentBlocks blocks = new ContentBlocks();
    if (content.isTextual()) {
      blocks.text.append(content.textValue());
    } else if (content.isArray()) {
      for (JsonNode block : content) {
        blocks.add(block);
      }
    } else if (!content.isNull() && !content.isMissingNode()) {
      throw new OmittedException(Omission.UNKNOWN_BODY, "content that is no text and no list");
    }
    return blocks;
  }

  String text() {
    return text.toString();
  }

  List<ToolCall> calls() {
    return calls;
  }

  List<Message> toolResults() {
    return toolResults;
  }

  /** Returns the name of the kind of a block, which is its type or its only field. */
  static String kind(JsonNode block) {
    JsonNode type = block.path("type");
    return type.isTextual() || !block.fieldNames().hasNext()
        ? type.asText()
        : block.fieldNames().next();
  }

  private void add(JsonNode block) throws OmittedException {
    String kind = kind(block);
    JsonNode call = block.path("toolUse");
    JsonNode result = block.path("toolResult");
    if (block.isTextual()) {
      text.append(block.textValue());
    } else if (block.path("text").isTextual()) {
      text.append(block.path("text").textValue());
    } else if (block.path("guardContent").path("text").path("text").isTextual()) {
      text.append(block.path("guardContent").path("text").path("text").textValue());
    } else if (call.isObject()) {
      calls.add(call(call, "toolUseId"));
    } else if (kind.equals("tool_use")) {
      calls.add(call(block, "id"));
    } else if (result.isObject() || kind.equals("tool_result")) {
      toolResults.add(result((result.isObject() ? result : block).path("content")));
    } else if (!UNSAID.contains(kind)) {
      throw new OmittedException(Omission.NOT_TEXT, kind);
    }
  }

  private static ToolCall call(JsonNode call, String id) {
    return new ToolCall(
        call.path(id).asText(), call.path("name").asText(), call.path("input").toString());
  }

  private static Message result(JsonNode content) throws OmittedException {
    StringBuilder said = new StringBuilder();
    if (content.isArray()) {
      for (JsonNode block : content) {
        JsonNode json = block.path("json");
        said.append(json.isMissingNode() ? textOf(block) : json.toString());
      }
    } else {
      said.append(of(content).text());
    }
    return new Message(Role.TOOL, said.toString());
  }

  private static String textOf(JsonNode block) throws OmittedException {
    ContentBlocks content = new ContentBlocks();
    content.add(block);
    return content.text();
  }
}
