package rft.loop;

/**
 * How the bundled model is made: everything that decides its weights, beside the corpus.
 *
 * @param seed of weights, corpus and batch order
 * @param steps optimizer updates
 * @param rowsPerStep conversations per update
 * @param learningRate peak; linear warm-up over {@code warmupSteps}, flat to 60 % of the steps,
 *     then linear to 5 %
 * @param warmupSteps steps until the peak
 * @param weightDecay of AdamW, on matrices
 * @param promptWeight weight of a prompt token's loss; a response token weighs 1
 * @param threads parts of a batch computed side by side; part of the recipe because sums depend on
 *     it
 */
public record PretrainRecipe(
    long seed,
    int steps,
    int rowsPerStep,
    double learningRate,
    int warmupSteps,
    double weightDecay,
    double promptWeight,
    int threads) {
  private static final double FLAT_UNTIL = 0.6;
  private static final double FLOOR = 0.05;

  public PretrainRecipe {
    if (steps < 1 || rowsPerStep < 1 || threads < 1) {
      throw new IllegalArgumentException("steps, rowsPerStep and threads must be at least 1");
    }
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learningRate (" + learningRate + ") must be positive");
    }
  }

  /** Returns the learning rate of a step, counted from 1. */
  double learningRateAt(int step) {
    double warm = Math.min(1, step / (double) Math.max(1, warmupSteps));
    double done = step / (double) steps;
    double decay = done < FLAT_UNTIL ? 1 : 1 - (1 - FLOOR) * (done - FLAT_UNTIL) / (1 - FLAT_UNTIL);
    return learningRate * warm * decay;
  }
}
