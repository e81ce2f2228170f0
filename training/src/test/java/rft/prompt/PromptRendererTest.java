package rft.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Message;
import rft.dataset.Task;

final class PromptRendererTest {
  @TempDir Path folder;
  private TextTokenizer tokenizer;
  private PromptRenderer renderer;

  @BeforeEach
  void makeTinyModel() {
    BytePairTrainer.train(
            List.of("Add 2 and 2"), new BytePairTrainer.Settings(263, ChatFormat.tiny(), 256))
        .write(folder);
    tokenizer = TextTokenizer.load(folder);
    renderer = new PromptRenderer(ChatTemplate.load(folder), tokenizer);
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void aPromptBeginsWithTheBeginTokenAndEndsWhereTheAssistantSpeaks() {
    Prompt prompt = renderer.render(Task.of("t", "ab", "x"));
    assertEquals("<|begin|><|user|>ab<|end|><|assistant|>", prompt.text());
    // 1 begin, 4 user, 2 end, 5 assistant, as ChatFormat.tiny() lists them; bytes from 7 on.
    assertEquals(Tokens.of(1, 4, 7 + 'a' - '!', 7 + 'b' - '!', 2, 5), prompt.tokens());
  }

  @Test
  void aWholeConversationOfTheTinyModelIsItsTurnsInOrder() {
    List<Message> talk =
        List.of(Message.system("s"), Message.user("u"), Message.assistant("a"), Message.user("v"));
    assertEquals(
        "<|begin|><|system|>s<|end|><|user|>u<|end|><|assistant|>a<|end|><|user|>v<|end|>",
        ChatTemplate.load(folder).render(talk, false));
  }

  @Test
  void promptsThatAreTooLongAreReportedAndTheOthersKeepTheirOrder() {
    List<Task> tasks =
        List.of(Task.of("a", "1", "x"), Task.of("b", "1234", "x"), Task.of("c", "12", "x"));
    PromptSet set = renderer.select(tasks, 6);
    assertEquals(List.of("a", "c"), set.kept().stream().map(it -> it.task().id()).toList());
    assertEquals(List.of(new PromptSet.TooLong("b", 8, 6)), set.tooLong());
    assertEquals(
        "the prompt of task b has 8 tokens, more than the limit of 6: shorten it or raise the limit",
        set.tooLong().get(0).toString());
  }

  @Test
  void aTaskThatTheTemplateRefusesIsNamed() {
    ChatTemplate strict =
        ChatTemplate.of("{{ raise_exception('no system messages, please') }}", Map.of());
    List<Task> tasks = List.of(Task.of("third", "1", "x"));
    PromptRenderer refusing = new PromptRenderer(strict, tokenizer);
    String message =
        assertThrows(IllegalArgumentException.class, () -> refusing.select(tasks, 6)).getMessage();
    assertTrue(message.startsWith("task third: the chat template, line 1: "), message);
    assertTrue(message.endsWith("no system messages, please"), message);
  }

  @Test
  void aLimitWithoutRoomForAnyPromptIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> renderer.select(List.of(), 0));
  }
}
