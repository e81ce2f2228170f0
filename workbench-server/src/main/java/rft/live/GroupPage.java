package rft.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.command.GroupSight;
import rft.command.PartSight;
import rft.command.RolloutSight;
import rft.command.StepSight;
import rft.reward.Verdict;

/**
 * A group as it is looked at.
 *
 * @param step the step
 * @param position place of the task in the step
 * @param task the task's id
 * @param prompt what was asked
 * @param reference the reference answer; null where there is none
 * @param mean of the rewards; null where there are none
 * @param spread standard deviation of the rewards; null for fewer than two
 * @param mix as in {@link GroupLine}
 * @param parts names of the reward's parts, in rubric order
 * @param trained weights in training; empty where they are not known
 * @param weights the rewards are computed with; empty where they are not known
 * @param reweighted whether they are other ones than in training
 * @param rollouts best first, those without a reward last
 * @param clusters indexes of rollouts that say the same, for every text that occurs more than once
 * @param notes what cannot be shown, and why
 */
record GroupPage(
    int step,
    int position,
    String task,
    String prompt,
    @Nullable String reference,
    @Nullable Double mean,
    @Nullable Double spread,
    String mix,
    List<String> parts,
    Map<String, Double> trained,
    Map<String, Double> weights,
    boolean reweighted,
    List<Line> rollouts,
    List<List<Integer>> clusters,
    List<String> notes) {
  /**
   * One rollout.
   *
   * @param index its place in the group as it was sampled
   * @param rank from 1; equal rewards share it, those without come last
   * @param text the answer
   * @param length tokens
   * @param finish stop or length
   * @param outcome {@code score}, {@code abstain}, or the kind of the failure
   * @param reason the sentence that goes with the verdict; empty if there is none
   * @param reward null where there is none
   * @param advantage how much better than its group it is
   * @param parts of its reward, in rubric order
   * @param before how it stood with the weights in training; null if these are applied
   * @param base whether its log-probs under the base model are stored
   */
  record Line(
      int index,
      int rank,
      String text,
      int length,
      String finish,
      String outcome,
      String reason,
      @Nullable Double reward,
      double advantage,
      List<PartSight> parts,
      RolloutSight.@Nullable Before before,
      boolean base) {}

  static GroupPage of(StepSight step, int place, References.Tasks tasks) {
    String task = step.rollouts(place).get(0).taskId();
    GroupSight group = step.group(place, tasks.task(task));
    Map<Integer, Integer> ranks = new HashMap<>();
    Standings standings = Standings.of(step, place);
    standings.rollouts().forEach(standing -> ranks.put(standing.index(), standing.rank()));
    Map<Integer, Boolean> bases = new HashMap<>();
    step.rollouts(place).forEach(r -> bases.put(r.index(), r.trace().baseLogProbs() != null));
    List<Line> lines = new ArrayList<>();
    for (RolloutSight rollout : group.rollouts()) {
      lines.add(
          line(
              rollout,
              ranks.getOrDefault(rollout.index(), 0),
              bases.getOrDefault(rollout.index(), false)));
    }
    return new GroupPage(
        step.step(),
        group.position(),
        task,
        group.prompt(),
        group.reference(),
        group.mean(),
        group.spread(),
        standings.mix(),
        List.copyOf(step.parts()),
        step.trained(),
        step.weights(),
        step.reweighted(),
        lines,
        group.clusters().stream().map(GroupSight.Cluster::indexes).toList(),
        tasks.note().isEmpty() ? List.of() : List.of("No reference answers: " + tasks.note()));
  }

  private static Line line(RolloutSight rollout, int rank, boolean base) {
    Verdict verdict = rollout.answer().verdict();
    return new Line(
        rollout.index(),
        rank,
        rollout.answer().text(),
        rollout.answer().length(),
        rollout.answer().finishReason(),
        verdict.fold(
            score -> "score",
            abstain -> "abstain",
            failure -> failure.kind().name().toLowerCase(java.util.Locale.ROOT)),
        rollout.answer().reason(),
        rollout.answer().reward(),
        rollout.advantage(),
        rollout.parts(),
        rollout.before(),
        base);
  }
}
