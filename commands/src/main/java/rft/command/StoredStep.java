package rft.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rft.dataset.NearestName;
import rft.reward.Verdict;
import rft.run.NumberText;
import rft.run.RolloutRow;
import rft.run.RunReader;
import rft.run.StoredRollout;

/**
 * The rollouts of one step of a run, by group.
 *
 * @param step the step
 * @param groups in the order in which they were sampled
 */
record StoredStep(int step, List<List<StoredRollout>> groups) {
  /**
   * Returns a step.
   *
   * @param step null for the last one that has rollouts, or the last one of the task
   * @param task a task it must have; null for any
   * @throws CommandException if there is no such step, or it has no such task, saying where it is
   */
  static StoredStep read(RunReader reader, @Nullable Integer step, @Nullable String task)
      throws IOException {
    List<Integer> steps = reader.rolloutSteps();
    String run = reader.header().id();
    if (steps.isEmpty()) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "run " + run + " has no rollouts yet: its first step is not done");
    }
    int chosen = step != null ? step : task != null ? lastOf(reader, task) : last(steps);
    if (!steps.contains(chosen)) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "run %s has no rollouts of step %d: it has those of %s"
              .formatted(run, chosen, NumberText.span("step", steps.get(0), last(steps))));
    }
    Map<Integer, List<StoredRollout>> groups = new TreeMap<>();
    for (StoredRollout rollout : reader.rollouts(chosen)) {
      groups.computeIfAbsent(rollout.position(), place -> new ArrayList<>()).add(rollout);
    }
    return new StoredStep(chosen, List.copyOf(groups.values())).requireTask(reader, task);
  }

  private StoredStep requireTask(RunReader reader, @Nullable String task) throws IOException {
    if (task != null && groups.stream().noneMatch(group -> taskOf(group).equals(task))) {
      lastOf(reader, task);
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "step "
              + step
              + " has no task "
              + task
              + ": it was asked in steps "
              + stepsOf(reader, task));
    }
    return this;
  }

  private static int lastOf(RunReader reader, String task) throws IOException {
    List<Integer> steps = stepsOf(reader, task);
    if (steps.isEmpty()) {
      List<String> asked =
          reader.rolloutIndex().stream().map(RolloutRow::taskId).distinct().toList();
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "run "
              + reader.header().id()
              + " was never asked task "
              + task
              + NearestName.hint(task, asked));
    }
    return last(steps);
  }

  private static List<Integer> stepsOf(RunReader reader, String task) throws IOException {
    return reader.rolloutIndex().stream()
        .filter(row -> row.taskId().equals(task))
        .map(RolloutRow::step)
        .distinct()
        .toList();
  }

  private static int last(List<Integer> steps) {
    return steps.get(steps.size() - 1);
  }

  static String taskOf(List<StoredRollout> group) {
    return group.get(0).taskId();
  }

  /** Returns what the reward said, (B, G). */
  List<List<Verdict>> verdicts() {
    return groups.stream()
        .map(group -> group.stream().map(StoredRollout::verdict).toList())
        .toList();
  }

  /** Returns the rewards that entered the statistics, (B, G), NaN where none did. */
  double[][] rewards() {
    return groups.stream()
        .map(group -> group.stream().mapToDouble(StoredRollout::reward).toArray())
        .toArray(double[][]::new);
  }

  /** Returns the advantages that entered the loss, (B, G). */
  double[][] advantages() {
    return groups.stream()
        .map(group -> group.stream().mapToDouble(StoredRollout::advantage).toArray())
        .toArray(double[][]::new);
  }
}
