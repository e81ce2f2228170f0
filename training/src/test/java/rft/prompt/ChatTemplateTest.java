package rft.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.dataset.ToolCall;

final class ChatTemplateTest {
  private static final List<Message> HI = List.of(Message.user("Hi"));

  @TempDir Path folder;

  @Test
  void theTemplateFileGoesBeforeTheConfiguration() throws IOException {
    write("tokenizer_config.json", "{\"chat_template\": \"config\", \"bos_token\": \"<s>\"}");
    assertEquals("config", ChatTemplate.load(folder).render(HI, true));
    write("chat_template.jinja", "{{ bos_token }}file");
    assertEquals("<s>file", ChatTemplate.load(folder).render(HI, true));
  }

  @Test
  void ofSeveralTemplatesTheDefaultIsTaken() throws IOException {
    write(
        "tokenizer_config.json",
        "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"r\"},"
            + " {\"name\": \"default\", \"template\": \"d\"}]}");
    assertEquals("d", ChatTemplate.load(folder).render(HI, true));
  }

  @Test
  void specialTokensMayBeObjectsAndMayStandInTheirOwnFile() throws IOException {
    write("special_tokens_map.json", "{\"eos_token\": \"E\", \"bos_token\": \"old\"}");
    write("tokenizer_config.json", "{\"bos_token\": {\"content\": \"B\"}, \"pad_token\": null}");
    write("chat_template.jinja", "{{ bos_token }}{{ eos_token }}{{ pad_token is defined }}");
    assertEquals("BEFalse", ChatTemplate.load(folder).render(HI, true));
  }

  @Test
  void aFolderWithoutATemplateSaysHowToGetOne() throws IOException {
    write("tokenizer_config.json", "{\"bos_token\": \"<s>\"}");
    String message =
        assertThrows(IllegalArgumentException.class, () -> ChatTemplate.load(folder)).getMessage();
    assertTrue(message.startsWith(folder + " has no chat template: put"), message);
    assertTrue(message.contains("chat_template.jinja"), message);
  }

  @Test
  void whatIsNotSupportedIsNamedWithItsFolderAndLine() throws IOException {
    write("chat_template.jinja", "a\n{{ messages | batch(2) }}");
    String message =
        assertThrows(ChatTemplateException.class, () -> ChatTemplate.load(folder)).getMessage();
    assertTrue(
        message.startsWith(
            "the chat template of "
                + folder
                + ", line 2: the filter batch is not supported; supported are abs, "),
        message);
  }

  @Test
  void aRefusalOfTheTemplateIsPassedOn() {
    ChatTemplate template = ChatTemplate.of("\n{{ raise_exception('no user') }}", Map.of());
    assertEquals(
        "the chat template, line 2: the template refuses the conversation: no user",
        assertThrows(ChatTemplateException.class, () -> template.render(HI, true)).getMessage());
  }

  @Test
  void toolsAndDocumentsAreNoneUnlessGivenAsInTransformers() {
    ChatTemplate template =
        ChatTemplate.of("{{ tools is none }}{{ documents is none }}{{ x is defined }}", Map.of());
    assertEquals("TrueTrueFalse", template.render(HI, true));
    Map<String, Object> variables = new HashMap<>();
    variables.put("tools", List.of(Map.of("name", "f")));
    variables.put("x", null);
    assertEquals("FalseTrueTrue", template.render(HI, true, variables));
  }

  @Test
  void messagesAndTheGenerationPromptCannotBeReplacedByVariables() {
    ChatTemplate template =
        ChatTemplate.of("{{ messages|length }}{{ add_generation_prompt }}", Map.of());
    assertEquals(
        "1False", template.render(HI, false, Map.of("messages", 7, "add_generation_prompt", true)));
  }

  @Test
  void toolMessagesAnswerTheCallsInOrderAndBrokenArgumentsStayText() {
    ChatTemplate template =
        ChatTemplate.of(
            "{% for m in messages %}{{ m.tool_call_id }}/{{ m.name }}/"
                + "{% for c in m.tool_calls %}{{ c.function.arguments is mapping }}{% endfor %};"
                + "{% endfor %}",
            Map.of());
    List<ToolCall> calls =
        List.of(new ToolCall("1", "f", "{\"a\": 1}"), new ToolCall("2", "g", "{\"a\": "));
    List<Message> talk =
        List.of(
            new Message(Role.ASSISTANT, "", calls),
            new Message(Role.TOOL, "x"),
            new Message(Role.TOOL, "y"),
            new Message(Role.TOOL, "z"));
    assertEquals("//TrueFalse;1/f/;2/g/;//;", template.render(talk, true));
  }

  @Test
  void theGoldenTinyTemplateIsTheOneInTheProduct() throws IOException {
    assertEquals(
        Files.readString(Path.of("src/test/resources/rft/prompt/templates/tiny-chat.jinja")),
        ChatFormat.tiny().template());
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
