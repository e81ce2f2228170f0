package rft.reward;

/** Makes verdicts from bare numbers. */
final class Verdicts {
  private Verdicts() {}

  /** Returns a score, or the failure that names why this number cannot be one. */
  static Verdict ofNumber(double value) {
    if (Double.isNaN(value)) {
      return new Failure(Failure.Kind.NOT_A_NUMBER, "the reward returned NaN");
    }
    if (Math.abs(value) > Score.LIMIT) {
      return new Failure(
          Failure.Kind.OUT_OF_RANGE,
          "the reward returned "
              + value
              + ", beyond +-"
              + Score.LIMIT
              + ": scale it, for example to [0, 1]");
    }
    return Score.of(value);
  }
}
