package rft.serving;

import java.util.List;
import rft.policy.LiveRow;
import rft.policy.SamplingSettings;

/**
 * A request as the engine sees it, whichever of the two protocols it came in.
 *
 * @param chat whether it is a conversation
 * @param model the model's id as it was asked for
 * @param prompts token ids, one list per prompt
 * @param choices answers per prompt
 * @param draw how tokens are drawn
 * @param stops texts that end an answer and are not part of it
 * @param top how many of the likeliest tokens to report with each; {@link LiveRow#NO_LOG_PROBS} for
 *     no log-probs
 * @param echo whether the prompt comes back before the answer
 * @param tokenIds whether to report the ids of all tokens
 * @param delivery whether to send tokens as they come
 */
record Ask(
    boolean chat,
    String model,
    List<int[]> prompts,
    int choices,
    Draw draw,
    List<String> stops,
    int top,
    boolean echo,
    boolean tokenIds,
    Delivery delivery) {
  Ask {
    prompts = List.copyOf(prompts);
    stops = List.copyOf(stops);
  }

  /**
   * How tokens are drawn.
   *
   * @param maxNewTokens most tokens of an answer; 0 for none, where only the prompt is looked at
   * @param temperature 0 takes the likeliest
   * @param topP share of the likeliest that count
   * @param topK number of the likeliest that count; 0 for all
   * @param seed first part of the key of every draw
   * @param step second part: how many messages there are, as {@code rft chat} counts a
   *     conversation; 0 for a text
   * @param ignoreEnd whether to go on after an end token
   */
  record Draw(
      int maxNewTokens,
      double temperature,
      double topP,
      int topK,
      long seed,
      int step,
      boolean ignoreEnd) {
    /** Returns the settings behind a prompt of this length. */
    SamplingSettings settings(int promptTokens, int context) {
      int room = Math.min(maxNewTokens, context - promptTokens);
      return new SamplingSettings(room, temperature, topP, topK);
    }
  }

  /** How the answer is sent. */
  enum Delivery {
    WHOLE,
    STREAM,
    STREAM_WITH_USAGE
  }

  /** Returns how many answers there are in all. */
  int rows() {
    return prompts.size() * choices;
  }

  boolean stream() {
    return delivery != Delivery.WHOLE;
  }

  boolean wantsLogProbs() {
    return top != LiveRow.NO_LOG_PROBS;
  }

  /** Returns how many tokens the prompts have, each counted once. */
  int promptTokens() {
    return prompts.stream().mapToInt(prompt -> prompt.length).sum();
  }
}
