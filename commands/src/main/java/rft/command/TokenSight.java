package rft.command;

import org.jspecify.annotations.Nullable;

/**
 * One token of an answer. The texts of an answer's tokens, put together, are the answer.
 *
 * @param text what the token adds to the text; empty for a special token, and for all but the last
 *     of the tokens that share one character
 * @param mark how the token is named where it adds no text, for example {@code <|end|>}; else empty
 * @param logProb natural log-probability when it was sampled; null where nobody sampled it
 * @param entropy of the distribution it was drawn from, in nats; null where nobody sampled it
 * @param otherLogProb under the base model, or under the other side of a comparison; null where it
 *     was not computed
 */
public record TokenSight(
    String text,
    String mark,
    @Nullable Double logProb,
    @Nullable Double entropy,
    @Nullable Double otherLogProb) {
  /** Returns how much likelier the token is here than for the other policy, in nats, or null. */
  public @Nullable Double gain() {
    return logProb == null || otherLogProb == null ? null : logProb - otherLogProb;
  }

  static @Nullable Double known(float value) {
    return Float.isFinite(value) ? (double) value : null;
  }
}
