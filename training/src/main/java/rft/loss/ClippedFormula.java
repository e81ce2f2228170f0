package rft.loss;

/**
 * The clipped surrogate of PPO: {@code -min(min(w, delta) A, clip(w, 1 - low, 1 + high) A)}. The
 * gradient is {@code -A w}, and 0 once the ratio is clipped on its own side.
 *
 * @see <a href="https://arxiv.org/abs/1707.06347">PPO</a>, equation 7
 */
record ClippedFormula(Clip clip) implements TokenFormula {
  @Override
  public double value(double w, double lp, double advantage) {
    return -Math.min(unclipped(w, advantage), clipped(w, advantage));
  }

  @Override
  public double ratioSlope(double w, double advantage) {
    // Inside the region both are equal; outside it the clipped one is flat.
    boolean flat = unclipped(w, advantage) > clipped(w, advantage) || w > clip.delta();
    return flat ? 0 : -advantage * w;
  }

  @Override
  public double logProbSlope(double w, double advantage) {
    return 0;
  }

  @Override
  public boolean isClippedLow(double w, double advantage) {
    return advantage < 0 && w < 1 - clip.low();
  }

  @Override
  public boolean isClippedHigh(double w, double advantage) {
    return advantage > 0 && w > 1 + clip.high();
  }

  private double unclipped(double w, double advantage) {
    return Math.min(w, clip.delta()) * advantage;
  }

  private double clipped(double w, double advantage) {
    return Math.max(1 - clip.low(), Math.min(w, 1 + clip.high())) * advantage;
  }
}
