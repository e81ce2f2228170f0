package rft.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.policy.DrawnToken;
import rft.prompt.TextTokenizer;

/** Writes answers in the shapes of OpenAI's protocol, for conversations and for texts. */
final class AnswerJson {
  /** Stands for what is less likely than numbers say, as in OpenAI's answers. */
  private static final double LEAST_LOG_PROB = -9999;

  private final TextTokenizer tokenizer;
  private final Ask ask;
  private final String id;
  private final long created;

  /**
   * @param id of the answer, without its prefix
   * @param created in seconds since 1970
   */
  AnswerJson(TextTokenizer tokenizer, Ask ask, String id, long created) {
    this.tokenizer = tokenizer;
    this.ask = ask;
    this.id = (ask.chat() ? "chatcmpl-" : "cmpl-") + id;
    this.created = created;
  }

  /** Returns an answer or a part of one, without choices yet. */
  ObjectNode frame() {
    String part = ask.stream() ? ".chunk" : "";
    ObjectNode frame =
        Fields.json()
            .put("id", id)
            .put("object", ask.chat() ? "chat.completion" + part : "text_completion")
            .put("created", created)
            .put("model", ask.model())
            .put("seed", ask.draw().seed());
    frame.putArray("choices");
    if (ask.delivery() == Ask.Delivery.STREAM_WITH_USAGE) {
      frame.putNull("usage");
    }
    return frame;
  }

  /** Returns a frame with one choice, which has its text, log-probs and end. */
  ObjectNode part(
      int choice,
      String text,
      @Nullable ObjectNode logProbs,
      List<Integer> ids,
      Generation.@Nullable Finish finish,
      boolean first) {
    ObjectNode frame = frame();
    ObjectNode node = choice(frame, choice, logProbs, finish);
    if (!ask.chat()) {
      node.put("text", text);
    } else {
      ObjectNode delta = node.putObject("delta");
      if (first) {
        delta.put("role", "assistant");
      }
      if (first || !text.isEmpty()) {
        delta.put("content", text);
      }
    }
    tokenIds(node, ids);
    return frame;
  }

  /** Adds one choice with its whole text to a frame. */
  void whole(
      ObjectNode frame,
      int choice,
      String text,
      @Nullable ObjectNode logProbs,
      List<Integer> ids,
      Generation.Finish finish) {
    ObjectNode node = choice(frame, choice, logProbs, finish);
    if (ask.chat()) {
      node.putObject("message").put("role", "assistant").put("content", text).putNull("refusal");
    } else {
      node.put("text", text);
    }
    tokenIds(node, ids);
  }

  private static ObjectNode choice(
      ObjectNode frame,
      int choice,
      @Nullable ObjectNode logProbs,
      Generation.@Nullable Finish finish) {
    ObjectNode node = frame.withArray("choices").addObject();
    node.put("index", choice);
    node.set("logprobs", logProbs);
    node.put("finish_reason", finish == null ? null : finish.name().toLowerCase(Locale.ROOT));
    return node;
  }

  private void tokenIds(ObjectNode node, List<Integer> ids) {
    if (ask.tokenIds()) {
      ids.forEach(node.putArray("token_ids")::add);
    }
  }

  /** Adds how many tokens the prompts and the answers have. */
  void usage(ObjectNode frame, int drawn) {
    frame
        .putObject("usage")
        .put("prompt_tokens", ask.promptTokens())
        .put("completion_tokens", drawn)
        .put("total_tokens", ask.promptTokens() + drawn);
  }

  /** Adds the ids of the prompts, where they are asked for. */
  void promptIds(ObjectNode frame) {
    if (ask.tokenIds()) {
      ArrayNode all = frame.putArray("prompt_token_ids");
      for (int[] prompt : ask.prompts()) {
        ArrayNode ids = ask.prompts().size() == 1 ? all : all.addArray();
        for (int token : prompt) {
          ids.add(token);
        }
      }
    }
  }

  /**
   * Returns the log-probs of tokens; null where they are not asked for.
   *
   * @param echoed tokens of the prompt that come first, whose text is each as it is spelled
   * @param offset how many characters of text come before all of them
   */
  @Nullable ObjectNode logProbs(List<DrawnToken> echoed, List<DrawnToken> tokens, int offset) {
    if (!ask.wantsLogProbs()) {
      return null;
    }
    return ask.chat() ? content(tokens) : new TextLogProbs(tokenizer, offset).of(echoed, tokens);
  }

  private ObjectNode content(List<DrawnToken> tokens) {
    ObjectNode logProbs = Fields.json();
    ArrayNode content = logProbs.putArray("content");
    for (DrawnToken token : tokens) {
      ObjectNode node = content.addObject();
      describe(node, token.id(), token.logProb());
      ArrayNode top = node.putArray("top_logprobs");
      token.likeliest().forEach(likely -> describe(top.addObject(), likely.id(), likely.logProb()));
    }
    return logProbs.putNull("refusal");
  }

  private void describe(ObjectNode node, int token, double logProb) {
    byte[] bytes = tokenizer.decoder().bytes(token);
    node.put("token", text(bytes)).put("token_id", token).put("logprob", finite(logProb));
    ArrayNode list = node.putArray("bytes");
    for (byte one : bytes) {
      list.add(one & 0xFF);
    }
  }

  static double finite(double logProb) {
    return Math.max(logProb, LEAST_LOG_PROB);
  }

  /** Returns a token as text; one that is a part of a character as {@code bytes:\xe2}. */
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder text = new StringBuilder("bytes:");
      for (byte one : bytes) {
        text.append("\\x%02x".formatted(one & 0xFF));
      }
      return text.toString();
    }
  }
}
