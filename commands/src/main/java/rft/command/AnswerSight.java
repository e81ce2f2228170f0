package rft.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.reward.Verdict;

/**
 * One answer with its tokens.
 *
 * @param text without the end token
 * @param tokens in order, the end token included; empty where they are not known
 * @param length number of its tokens
 * @param finishReason stop or length
 * @param verdict what the reward said
 * @param reward null where there is none
 */
public record AnswerSight(
    String text,
    List<TokenSight> tokens,
    int length,
    String finishReason,
    Verdict verdict,
    @Nullable Double reward) {
  public AnswerSight {
    tokens = List.copyOf(tokens);
  }

  /** Returns whether it was cut off at the token limit. */
  public boolean cut() {
    return finishReason.equals("length");
  }

  /** Returns the sentence that goes with the verdict; empty if there is none. */
  public String reason() {
    String reason =
        verdict.fold(
            score -> score.reason(),
            abstain -> "does not apply: " + abstain.reason(),
            failure -> "failed: " + failure.detail());
    return reason == null ? "" : reason;
  }

  /** Returns the reward in a few characters. */
  String rewardText() {
    return verdict.fold(
        score -> reward == null ? "none" : "%.3f".formatted(reward),
        abstain -> "abstain",
        failure -> reward == null ? "failed" : "%.3f".formatted(reward));
  }
}
