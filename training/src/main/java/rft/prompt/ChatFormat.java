package rft.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * How a model of our own writes conversations.
 *
 * @param specialTokens every special token; they get the ids from 0 on, in this order
 * @param begin the special token that opens every conversation
 * @param end the special token that ends every turn, and with it an answer
 * @param pad the special token that fills up a batch
 * @param template the chat template, see {@link ChatTemplate}
 */
public record ChatFormat(
    List<String> specialTokens, String begin, String end, String pad, String template) {
  public ChatFormat {
    specialTokens = List.copyOf(specialTokens);
    if (new LinkedHashSet<>(specialTokens).size() != specialTokens.size()
        || specialTokens.contains("")) {
      throw new IllegalArgumentException(
          "special tokens " + specialTokens + " must differ from each other and not be empty");
    }
    for (String part : List.of(begin, end, pad)) {
      if (!specialTokens.contains(part)) {
        throw new IllegalArgumentException(
            part + " must be one of the special tokens " + specialTokens);
      }
    }
  }

  /**
   * Returns the format of the bundled tiny model. A conversation is {@code <|begin|>} and then its
   * turns, each {@code <|ROLE|>TEXT<|end|>}; the prompt ends with {@code <|assistant|>}.
   */
  public static ChatFormat tiny() {
    List<String> tokens =
        List.of(
            "<|pad|>",
            "<|begin|>",
            "<|end|>",
            "<|system|>",
            "<|user|>",
            "<|assistant|>",
            "<|tool|>");
    return new ChatFormat(tokens, "<|begin|>", "<|end|>", "<|pad|>", tinyTemplate());
  }

  private static String tinyTemplate() {
    try (InputStream resource = ChatFormat.class.getResourceAsStream("tiny-chat.jinja")) {
      if (resource == null) {
        throw new IllegalStateException("the class path lacks rft/prompt/tiny-chat.jinja");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read rft/prompt/tiny-chat.jinja", e);
    }
  }
}
