package rft.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.dataset.ToolCall;

/**
 * Compares with what transformers made of real templates; see {@code src/test/golden/prompt}. The
 * property {@code rft.golden.templates} names another folder of templates and renderings.
 */
final class ChatTemplateGoldenTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-09T08:05:07Z"), ZoneOffset.UTC);

  @TestFactory
  Stream<DynamicTest> everyConversationRendersAsInTransformers() throws IOException {
    Path folder =
        Path.of(
            System.getProperty("rft.golden.templates", "src/test/resources/rft/prompt/templates"));
    JsonNode golden = JSON.readTree(folder.resolve("renderings.json").toFile());
    Map<String, String> tokens =
        JSON.convertValue(
            golden.get("special_tokens"), new TypeReference<Map<String, String>>() {});
    return golden
        .get("renderings")
        .propertyStream()
        .flatMap(
            template ->
                template
                    .getValue()
                    .propertyStream()
                    .map(
                        conversation ->
                            DynamicTest.dynamicTest(
                                template.getKey() + ": " + conversation.getKey(),
                                () ->
                                    check(
                                        folder.resolve(template.getKey() + ".jinja"),
                                        tokens,
                                        golden.get("conversations").get(conversation.getKey()),
                                        conversation.getValue()))));
  }

  private static void check(
      Path template, Map<String, String> tokens, JsonNode conversation, JsonNode golden)
      throws IOException {
    ChatTemplate chat = ChatTemplate.of(Files.readString(template), tokens).withClock(CLOCK);
    if (golden.has("text")) {
      assertEquals(golden.get("text").asText(), render(chat, conversation));
      return;
    }
    ChatTemplateException fault =
        assertThrows(
            ChatTemplateException.class,
            () -> render(chat, conversation),
            "transformers fails here");
    assertTrue(fault.getMessage().endsWith(golden.path("refusal").asText()), fault.getMessage());
  }

  private static String render(ChatTemplate template, JsonNode conversation) {
    List<Message> messages =
        conversation.get("messages").valueStream().map(ChatTemplateGoldenTest::message).toList();
    JsonNode variables = conversation.path("variables");
    return template.render(
        messages,
        conversation.path("add_generation_prompt").asBoolean(true),
        variables.isMissingNode()
            ? Map.of()
            : JSON.convertValue(variables, new TypeReference<Map<String, Object>>() {}));
  }

  private static Message message(JsonNode json) {
    Role role = Role.ofJsonName(json.get("role").asText()).orElseThrow();
    List<ToolCall> calls =
        json.path("tool_calls")
            .valueStream()
            .map(
                call ->
                    new ToolCall(
                        call.get("id").asText(),
                        call.get("name").asText(),
                        call.get("arguments").asText()))
            .toList();
    return new Message(role, json.get("content").asText(), calls);
  }
}
