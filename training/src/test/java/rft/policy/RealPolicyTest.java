package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.prompt.ChatTemplate;
import rft.prompt.TextTokenizer;

/**
 * A real model, named by the variable {@code RFT_REAL_MODEL}, against what {@code
 * bench/peers/real.py} wrote of it to {@code RFT_REAL_GOLDEN}. The model is too large to be stored
 * here.
 */
@EnabledIfEnvironmentVariable(named = "RFT_REAL_MODEL", matches = ".+")
@EnabledIfEnvironmentVariable(named = "RFT_REAL_GOLDEN", matches = ".+")
final class RealPolicyTest {
  private static Path model() {
    return Path.of(System.getenv("RFT_REAL_MODEL"));
  }

  private static TransformersGolden golden() throws IOException {
    return new TransformersGolden(Path.of(System.getenv("RFT_REAL_GOLDEN")));
  }

  @Test
  void textsBecomeTheTokensOfTransformers() throws IOException {
    JsonNode texts = golden().json().path("texts");
    assertTrue(texts.size() > 10);
    try (TextTokenizer tokenizer = TextTokenizer.load(model())) {
      for (JsonNode text : texts) {
        assertIds(text, tokenizer, text.path("text").textValue());
      }
    }
  }

  @Test
  void conversationsAreRenderedAsByTransformers() throws IOException {
    JsonNode chats = golden().json().path("chats");
    assertTrue(chats.size() > 3);
    ChatTemplate template = ChatTemplate.load(model());
    try (TextTokenizer tokenizer = TextTokenizer.load(model())) {
      for (JsonNode chat : chats) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : chat.path("messages")) {
          messages.add(
              new Message(
                  Role.ofJsonName(message.path("role").textValue()).orElseThrow(),
                  message.path("content").textValue()));
        }
        String text = template.render(messages, chat.path("generationPrompt").booleanValue());
        assertEquals(chat.path("text").textValue(), text);
        assertIds(chat, tokenizer, text);
      }
    }
  }

  private static void assertIds(JsonNode golden, TextTokenizer tokenizer, String text) {
    assertArrayEquals(
        TransformersGolden.ints(golden.path("ids")), tokenizer.encode(text).toArray(), text);
  }

  @Test
  void logitsGreedyAnswersAndGradientsAgreeWithTransformers() throws IOException {
    try (Policy policy = Policy.load(model(), "cpu")) {
      golden().check(policy);
    }
  }
}
