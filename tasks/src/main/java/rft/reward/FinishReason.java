package rft.reward;

import java.util.Locale;

/** Why sampling of a completion ended. */
public enum FinishReason {
  /** The policy produced an end token or a stop sequence. */
  STOP,
  /** The token limit was reached: the completion is truncated. */
  LENGTH,
  /** The policy asked for a tool. */
  TOOL_CALLS;

  /** Returns the name used by OpenAI-compatible interfaces, for example {@code stop}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
