package rft.loss;

/** What training minimises: a number and its slope in the log-prob of every token. */
@FunctionalInterface
public interface PolicyLoss {
  /**
   * Returns the loss of a micro-batch and its gradient.
   *
   * <p>The micro-batches of one step add up: their losses and gradients sum to those of the whole,
   * because the denominators come from {@link LossBatch#totals()}. A log-prob that is not finite at
   * a trained token gives a loss that is not finite; the caller skips the step.
   */
  LossResult evaluate(LossBatch batch);
}
