package rft.rollout;

import java.util.List;
import rft.prompt.Prompt;

/** Where rollouts come from: this process, a cluster or a remote sampler. */
@FunctionalInterface
public interface RolloutSource {
  /**
   * Returns one group per prompt, in the same order.
   *
   * @param prompts the tasks of a step
   * @param step step number, which keys every random draw together with seed, position, rollout and
   *     token
   * @throws java.util.concurrent.CancellationException if the run was asked to stop
   */
  List<RolloutGroup> sample(List<Prompt> prompts, int step);
}
