package rft.policy;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/** One completion that a {@link LiveBatch} draws token by token. */
public final class LiveRow {
  /** Asks for no log-probs. */
  public static final int NO_LOG_PROBS = -1;

  private final int[] prompt;
  private final SamplingSettings settings;
  private final IntToDoubleFunction uniforms;
  private final int top;
  private DrawnToken last = DrawnToken.bare(0);
  private int drawn;

  /**
   * Makes a row that is in no batch yet.
   *
   * @param prompt token ids, not empty and not changed afterwards; rows that join together with the
   *     same array share its computation
   * @param settings how tokens are drawn
   * @param uniforms a random number in [0, 1) for the position of a token in this completion
   * @param top how many of the likeliest tokens to report with each; {@link #NO_LOG_PROBS} for not
   *     even the drawn one's log-prob
   */
  public LiveRow(int[] prompt, SamplingSettings settings, IntToDoubleFunction uniforms, int top) {
    this.prompt = prompt; // shared on purpose
    this.settings = settings;
    this.uniforms = uniforms;
    this.top = top;
  }

  /** Returns the token drawn last. */
  public DrawnToken last() {
    return last;
  }

  /** Returns how many tokens were drawn. */
  public int drawn() {
    return drawn;
  }

  /** Returns whether it has as many tokens as it may have. */
  public boolean isFull() {
    return drawn >= settings.maxNewTokens();
  }

  int[] prompt() {
    return prompt;
  }

  SamplingSettings settings() {
    return settings;
  }

  /** Returns how many tokens its prompt has. */
  public int promptLength() {
    return prompt.length;
  }

  int top() {
    return top;
  }

  /** Returns the random number of the token that is drawn next. */
  double uniform() {
    return uniforms.applyAsDouble(drawn);
  }

  /** Returns the position of the last token, which is also its column in the cache. */
  int position() {
    return prompt.length + drawn - 1;
  }

  void add(DrawnToken token) {
    last = token;
    drawn++;
  }

  /** How tokens are drawn, apart from numbers: rows of a kind are drawn in one call. */
  enum Kind {
    GREEDY,
    PLAIN,
    FILTERED
  }

  Kind kind() {
    return settings.isGreedy() ? Kind.GREEDY : settings.isFiltered() ? Kind.FILTERED : Kind.PLAIN;
  }

  /** Returns the places of the rows of one kind. */
  static List<Integer> ofKind(List<LiveRow> rows, Kind kind) {
    return java.util.stream.IntStream.range(0, rows.size())
        .filter(i -> rows.get(i).kind() == kind)
        .boxed()
        .toList();
  }
}
