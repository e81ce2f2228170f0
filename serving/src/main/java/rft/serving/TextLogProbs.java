package rft.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import rft.policy.DrawnToken;
import rft.prompt.TextTokenizer;

/**
 * Log-probs in the older shape, that of texts: one list for each thing that is known of a token.
 */
final class TextLogProbs {
  private final TextTokenizer tokenizer;
  private final ObjectNode json = Fields.json();
  private final ArrayNode texts = json.putArray("tokens");
  private final ArrayNode values = json.putArray("token_logprobs");
  private final ArrayNode tops = json.putArray("top_logprobs");
  private final ArrayNode offsets = json.putArray("text_offset");
  private final ArrayNode ids = json.putArray("token_ids");
  private int at;

  /**
   * @param offset how many characters of text come before the first token
   */
  TextLogProbs(TextTokenizer tokenizer, int offset) {
    this.tokenizer = tokenizer;
    this.at = offset;
  }

  /** Returns the lists of tokens of a prompt and, behind them, of an answer. */
  ObjectNode of(List<DrawnToken> echoed, List<DrawnToken> tokens) {
    int start = at;
    SpelledText spelled = new SpelledText(tokenizer);
    for (DrawnToken token : echoed) {
      add(token);
      at = start + spelled.add(token.id());
    }
    TextStream places = new TextStream(tokenizer, List.of());
    for (DrawnToken token : tokens) {
      add(token);
      at += places.add(token).text().length();
    }
    return json;
  }

  private void add(DrawnToken token) {
    offsets.add(at);
    texts.add(AnswerJson.text(tokenizer.decoder().bytes(token.id())));
    ids.add(token.id());
    if (Double.isNaN(token.logProb())) {
      values.addNull(); // the first token of a prompt, which nothing comes before
      tops.addNull();
      return;
    }
    values.add(AnswerJson.finite(token.logProb()));
    ObjectNode top = tops.addObject();
    for (DrawnToken.Likely likely : token.likeliest()) {
      top.put(
          AnswerJson.text(tokenizer.decoder().bytes(likely.id())),
          AnswerJson.finite(likely.logProb()));
    }
  }

  /** A prompt as it comes back: every token as it is spelled, special ones too. */
  static final class SpelledText {
    private final TextTokenizer tokenizer;
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();

    SpelledText(TextTokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }

    /** Returns how many characters there are with one more token. */
    int add(int token) {
      bytes.writeBytes(tokenizer.decoder().bytes(token));
      return text().length();
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
