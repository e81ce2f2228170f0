package rft.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Message;

final class GenerationPromptTest {
  private static final String TURNS =
      "{% for m in messages %}<|{{ m.role }}|>\n{{ m.content }}<|end|>\n{% endfor %}";
  private static final Path GOLDEN =
      Path.of(System.getProperty("rft.root"), "training/src/test/resources/rft/prompt/templates");

  @TempDir Path folder;

  private static Optional<String> missing(String template) {
    return GenerationPrompt.missing(ChatTemplate.of(template, Map.of()));
  }

  @Test
  void whatBeginsAnAnswerAndIsNotInThePromptIsFound() {
    assertEquals(Optional.of("<|assistant|>\n"), missing(TURNS));
    assertEquals(
        Optional.empty(),
        missing(TURNS + "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"));
  }

  @Test
  void aTemplateWhoseAnswersFollowAtOnceNeedsNone() {
    assertEquals(Optional.empty(), missing("{% for m in messages %}{{ m.content }}{% endfor %}"));
    assertEquals(
        Optional.empty(),
        missing(
            "{% for m in messages %}{% if m.role == 'user' %}[INST] {{ m.content }} [/INST]"
                + "{% else %} {{ m.content }}</s>{% endif %}{% endfor %}"));
  }

  @Test
  void aTemplateThatRefusesTheConversationIsNotJudged() {
    assertEquals(Optional.empty(), missing("{{ raise_exception('a system message first') }}"));
    assertEquals(Optional.empty(), missing("always the same"));
  }

  @Test
  void theErrorSaysWhatToWriteAndItHelps() throws IOException {
    Path file = Files.writeString(folder.resolve("chat_template.jinja"), TURNS);
    String message =
        assertThrows(IllegalArgumentException.class, () -> ChatTemplate.load(folder)).getMessage();
    assertTrue(message.startsWith("the chat template of " + folder + " has no generation prompt"));
    String advice = message.substring(message.indexOf("{% if"));
    Files.writeString(file, TURNS + advice);
    assertEquals(
        "<|user|>\nHi<|end|>\n<|assistant|>\n",
        ChatTemplate.load(folder).render(List.of(Message.user("Hi")), true));
  }

  @Test
  void theTemplatesOfPublishedModelsPass() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      List<Path> templates = files.filter(file -> file.toString().endsWith(".jinja")).toList();
      assertTrue(templates.size() > 3, templates.toString());
      for (Path template : templates) {
        assertEquals(Optional.empty(), missing(Files.readString(template)), template.toString());
      }
    }
  }
}
