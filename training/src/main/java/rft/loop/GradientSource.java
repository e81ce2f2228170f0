package rft.loop;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Where gradients come from: this process, or many executors. */
@FunctionalInterface
public interface GradientSource {
  /**
   * Returns the gradient of the loss over all groups of a step.
   *
   * @param groups every group of the step, those without signal included: they count in the
   *     denominators
   * @param old log-probs at the start of the step for inner iterations after the first; empty in
   *     the first one
   * @param stop asked between micro-batches; true abandons the call
   * @throws java.util.concurrent.CancellationException if stopped
   */
  StepGradient gradient(List<ScoredGroup> groups, OldLogProbs old, BooleanSupplier stop);
}
