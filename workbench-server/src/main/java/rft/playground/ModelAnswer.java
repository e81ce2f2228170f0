package rft.playground;

import rft.reward.Completion;
import rft.reward.FinishReason;

/** One answer as it grows. Used by one thread. */
final class ModelAnswer {
  private final StringBuilder text = new StringBuilder();
  private int tokens;
  private FinishReason reason = FinishReason.STOP;

  void add(String piece) {
    text.append(piece);
    tokens++;
  }

  void finish(FinishReason why) {
    reason = why;
  }

  String text() {
    return text.toString();
  }

  /** Returns whether it was cut off at the token limit. */
  boolean isCut() {
    return reason == FinishReason.LENGTH;
  }

  Completion completion() {
    return Completion.of(text(), reason, tokens);
  }
}
