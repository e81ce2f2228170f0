package rft.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.command.StepSight;

/**
 * How the rollouts of a group stand: what other weights change, without the texts.
 *
 * @param step the step
 * @param position place of the task in the step
 * @param weights by part; empty where they are not known
 * @param mean of the rewards; null where there are none
 * @param spread standard deviation of the rewards; null for fewer than two
 * @param mix as in {@link GroupLine}
 * @param rollouts best first, those without a reward last
 */
record Standings(
    int step,
    int position,
    Map<String, Double> weights,
    @Nullable Double mean,
    @Nullable Double spread,
    String mix,
    List<Standing> rollouts) {
  /**
   * One rollout.
   *
   * @param index its place in the group as it was sampled
   * @param rank from 1; equal rewards share it, those without come last
   * @param reward null where there is none
   * @param advantage how much better than its group it is
   */
  record Standing(int index, int rank, @Nullable Double reward, double advantage) {}

  static Standings of(StepSight step, int place) {
    double[] rewards = step.rewards(place);
    double[] advantages = step.advantages(place);
    double[] best =
        Arrays.stream(rewards).filter(r -> !Double.isNaN(r)).map(r -> -r).sorted().toArray();
    List<Standing> rollouts = new ArrayList<>();
    for (int i = 0; i < rewards.length; i++) {
      double reward = rewards[i];
      boolean none = Double.isNaN(reward);
      int rank = 1 + (int) Arrays.stream(best).filter(r -> none || -r > reward).count();
      int index = step.rollouts(place).get(i).index();
      rollouts.add(new Standing(index, rank, none ? null : reward, advantages[i]));
    }
    rollouts.sort(java.util.Comparator.comparingInt(Standing::rank));
    var line =
        GroupLine.of(step.rollouts(place).stream().map(r -> r.row()).toList(), "", null, rewards);
    return new Standings(
        step.step(),
        line.position(),
        step.weights(),
        line.mean(),
        line.spread(),
        line.mix(),
        rollouts);
  }
}
