package rft.lab;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was found out about a judge.
 *
 * @param name in one or two words, for example {@code order kept}
 * @param status what it means
 * @param value as measured, with its interval
 * @param bound the number of the rule; null if there is no rule
 * @param limit the rule, for example {@code at least 0.80}
 * @param said what the number says, in one sentence
 * @param advice what to do about it
 */
public record JudgeFinding(
    String name,
    Status status,
    Resampled value,
    @Nullable Double bound,
    String limit,
    String said,
    String advice) {
  /** Fewer things than this tell nothing, however they turn out. */
  private static final int FEW = 5;

  /** What a number means for a judge. */
  public enum Status {
    /** The whole interval keeps the rule. */
    PASSED,
    /** The whole interval breaks it. */
    FAILED,
    /** The interval lies on both sides of the limit, or rests on too little. */
    UNSURE,
    /** There was nothing to measure. */
    SKIPPED
  }

  static JudgeFinding atLeast(
      String name, double limit, Resampled value, String said, String advice) {
    return of(name, value, value.low() >= limit, value.high() < limit)
        .with(limit, "at least", said, advice);
  }

  static JudgeFinding atMost(
      String name, double limit, Resampled value, String said, String advice) {
    return of(name, value, value.high() <= limit, value.low() > limit)
        .with(limit, "at most", said, advice);
  }

  static JudgeFinding within(
      String name, double limit, Resampled value, String said, String advice) {
    boolean inside = value.low() >= -limit && value.high() <= limit;
    return of(name, value, inside, value.low() > limit || value.high() < -limit)
        .with(limit, "within +-", said, advice);
  }

  private static JudgeFinding of(String name, Resampled value, boolean keeps, boolean breaks) {
    Status status =
        value.value() == null
            ? Status.SKIPPED
            : value.of() < FEW || keeps == breaks
                ? Status.UNSURE
                : keeps ? Status.PASSED : Status.FAILED;
    return new JudgeFinding(name, status, value, null, "", "", "");
  }

  private JudgeFinding with(double number, String words, String sentence, String todo) {
    String space = words.endsWith("-") ? "" : " ";
    String rule = "%s%s%.2f".formatted(words, space, number);
    return new JudgeFinding(name, status, value, number, rule, sentence, todo);
  }
}
