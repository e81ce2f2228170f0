package rft.loop;

import java.util.List;
import rft.rollout.RolloutGroup;

/** Turns groups into verdicts: a reward, or a control in its place. */
@FunctionalInterface
public interface GroupJudge {
  /**
   * Returns one judged group per group, in order.
   *
   * @throws java.util.concurrent.CancellationException if interrupted
   */
  List<JudgedGroup> judge(List<RolloutGroup> groups, int step);
}
