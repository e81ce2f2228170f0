package rft.loop;

import rft.policy.GradientTotal;

/**
 * The gradient of one pass over a step's groups.
 *
 * @param total sum over all micro-batches; owned by the receiver
 * @param report what the pass saw
 */
public record StepGradient(GradientTotal total, LossReport report) implements AutoCloseable {
  @Override
  public void close() {
    total.close();
  }
}
