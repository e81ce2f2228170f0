package rft.command;

import java.util.ArrayList;
import java.util.List;
import rft.advantage.GroupAdvantage;
import rft.advantage.RewardSpread;
import rft.dataset.NearestName;
import rft.reward.FailurePolicy;
import rft.reward.Verdict;
import rft.run.AdvantageScale;

/**
 * Rollouts that a cell sampled, looked at like those of a run; their tokens are not known.
 *
 * @param name of the object
 * @param report the rollouts
 */
record NamedRollouts(String name, SampleRollouts.Report report) {
  /**
   * @throws CommandException if no rollouts have this name, naming the nearest
   */
  static NamedRollouts of(String name) {
    Workspace workspace = Workspace.current();
    return new NamedRollouts(
        name,
        workspace
            .get(name, SampleRollouts.Report.class)
            .orElseThrow(
                () -> {
                  CommandException wrong =
                      workspace.wrongType(name, "rollouts", SampleRollouts.Report.class);
                  List<String> names = workspace.names(SampleRollouts.Report.class);
                  return wrong != null
                      ? wrong
                      : new CommandException(
                          ExitCode.NOT_FOUND,
                          "no rollouts are called "
                              + name
                              + NearestName.hint(name, names)
                              + ": name some with %rollout ... --as "
                              + name);
                }));
  }

  GroupInspection inspect(RunGroups.Wish wish) {
    if (wish.step() != null) {
      throw new CommandException(ExitCode.USAGE, "--step belongs to a run; these are rollouts");
    }
    List<List<Verdict>> verdicts =
        report.groups().stream()
            .map(
                group -> group.completions().stream().map(SampleRollouts.Sampled::verdict).toList())
            .toList();
    List<Verdict> all = verdicts.stream().flatMap(List::stream).toList();
    PartWeights own = PartWeights.explaining(all);
    boolean other = !wish.weights().isEmpty();
    PartWeights applied = other ? own.with(wish.weights(), PartWeights.names(all)) : own;
    double[][] rewards =
        verdicts.stream()
            .map(group -> group.stream().mapToDouble(v -> v.reward().orElse(Double.NaN)).toArray())
            .toArray(double[][]::new);
    double[][] advantages = GroupAdvantage.group().of(rewards);
    Reweighting.Outcome was = new Reweighting.Outcome(verdicts, rewards, advantages);
    Reweighting.Outcome now =
        other
            ? new Reweighting(applied.byName(), AdvantageScale.GROUP, FailurePolicy.standard())
                .of(verdicts)
            : was;
    List<GroupSight> groups = new ArrayList<>();
    for (int place : wish.choice().order(now.rewards())) {
      boolean wanted =
          wish.task() == null || report.groups().get(place).taskId().equals(wish.task());
      if (wanted && groups.size() < wish.count()) {
        groups.add(group(place, was, now, applied, other));
      }
    }
    return new GroupInspection(
        name,
        "its reward",
        wish.task() != null ? "task " + wish.task() : wish.choice().reason(),
        wish.colour(),
        applied.byName(),
        other ? own.byName() : java.util.Map.of(),
        groups,
        List.of("these rollouts keep no tokens, so nothing is coloured: those of a run do"));
  }

  private GroupSight group(
      int place,
      Reweighting.Outcome was,
      Reweighting.Outcome now,
      PartWeights weights,
      boolean other) {
    SampleRollouts.Group group = report.groups().get(place);
    int[] ranks = Reweighting.ranks(was.rewards()[place]);
    List<RolloutSight> sights = new ArrayList<>();
    for (int i = 0; i < group.completions().size(); i++) {
      SampleRollouts.Sampled sampled = group.completions().get(i);
      Verdict verdict = now.verdicts().get(place).get(i);
      sights.add(
          new RolloutSight(
              i,
              new AnswerSight(
                  sampled.text(),
                  List.of(),
                  sampled.tokens(),
                  sampled.finishReason(),
                  verdict,
                  RunGroups.finite(now.rewards()[place][i])),
              now.advantages()[place][i],
              weights.sights(verdict),
              other
                  ? new RolloutSight.Before(
                      ranks[i],
                      RunGroups.finite(was.rewards()[place][i]),
                      was.advantages()[place][i])
                  : null));
    }
    double[] rewards = now.rewards()[place];
    List<RolloutSight> sorted = RunGroups.sorted(sights);
    return new GroupSight(
        0,
        place,
        group.taskId(),
        group.prompt(),
        group.reference(),
        RunGroups.finite(GroupChoice.mean(rewards).orElse(Double.NaN)),
        RunGroups.finite(RewardSpread.of(rewards).std()),
        sorted,
        GroupSight.clusters(sorted));
  }
}
