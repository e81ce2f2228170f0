package rft.optimizer;

import rft.run.OptimizerOptions;

/**
 * The learning rate of each step: linear warm-up, then the chosen schedule towards 5 %, which the
 * step after the last would have.
 */
public final class LearningRate {
  private static final double FLOOR = 0.05;

  private final OptimizerOptions options;
  private final int steps;

  /**
   * Makes a schedule.
   *
   * @param steps steps of the whole run
   */
  public LearningRate(OptimizerOptions options, int steps) {
    this.options = options;
    this.steps = steps;
  }

  /** Returns the learning rate of a step, counted from 1. */
  public double at(int step) {
    double peak = options.learningRate();
    if (step <= options.warmupSteps()) {
      return peak * step / (options.warmupSteps() + 1);
    }
    int span = Math.max(1, steps - options.warmupSteps());
    double progress = Math.min(1, (step - options.warmupSteps() - 1) / (double) span);
    return switch (options.schedule()) {
      case CONSTANT -> peak;
      case LINEAR -> peak * (1 - (1 - FLOOR) * progress);
      case COSINE -> peak * (FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * progress)));
    };
  }
}
