package rft.run;

/**
 * AdamW, its learning rate over time, and the clipping of gradients.
 *
 * @param learningRate highest learning rate, reached after warm-up
 * @param schedule how it moves afterwards
 * @param warmupSteps steps over which it rises from 0; 0 starts at the full rate
 * @param beta1 decay of the mean of gradients
 * @param beta2 decay of the mean of their squares
 * @param weightDecay decoupled weight decay, multiplied by the learning rate
 * @param maxGradNorm longer gradients are scaled to this Euclidean length; 0 scales none
 */
public record OptimizerOptions(
    double learningRate,
    Schedule schedule,
    int warmupSteps,
    double beta1,
    double beta2,
    double weightDecay,
    double maxGradNorm) {
  public OptimizerOptions {
    Bounds.positive(
        "learningRate", learningRate, 1, "the policy would not learn, or not survive its step");
    Bounds.atLeast("warmupSteps", warmupSteps, 0, "0 starts at the full learning rate");
    checkBeta("beta1", beta1);
    checkBeta("beta2", beta2);
    Bounds.within("weightDecay", weightDecay, 0, 100, "0 switches it off");
    Bounds.within("maxGradNorm", maxGradNorm, 0, 1e9, "0 switches clipping off, 1 is usual");
  }

  private static void checkBeta(String name, double beta) {
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException(
          name + " (" + beta + ") must be at least 0 and below 1: it is the share that is kept");
    }
  }

  /** Returns AdamW (0.9, 0.95) without weight decay, a constant rate and gradients cut at 1. */
  public static OptimizerOptions standard(double learningRate) {
    return new OptimizerOptions(learningRate, Schedule.CONSTANT, 0, 0.9, 0.95, 0, 1);
  }
}
