package rft.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.command.StepSight;
import rft.dataset.Task;
import rft.run.Method;
import rft.run.RolloutRow;
import rft.run.RunHeader;
import rft.run.StoredRollout;

/**
 * The groups of a step.
 *
 * @param step the step
 * @param parts names of the reward's parts, in rubric order
 * @param trained weights in training; empty where they are not known
 * @param weights the rewards are computed with; empty where they are not known
 * @param reweighted whether they are other ones than in training
 * @param reweighable whether others can be tried
 * @param damaged why the texts of this step cannot be read; empty if they can
 * @param groups in the order of sampling
 */
record GroupList(
    int step,
    List<String> parts,
    Map<String, Double> trained,
    Map<String, Double> weights,
    boolean reweighted,
    boolean reweighable,
    String damaged,
    List<GroupLine> groups) {
  static GroupList of(StepSight step, References.Tasks tasks, RunHeader header) {
    List<GroupLine> lines = new ArrayList<>();
    for (int place = 0; place < step.count(); place++) {
      List<StoredRollout> group = step.rollouts(place);
      @Nullable Task task = tasks.task(group.get(0).taskId());
      lines.add(
          GroupLine.of(
              group.stream().map(StoredRollout::row).toList(),
              group.get(0).prompt(),
              task == null ? null : task.referenceText(),
              step.rewards(place)));
    }
    List<String> parts = List.copyOf(step.parts());
    boolean reweighable = !parts.isEmpty() && header.options().method() == Method.GRPO;
    return new GroupList(
        step.step(),
        parts,
        step.trained(),
        step.weights(),
        step.reweighted(),
        reweighable,
        "",
        lines);
  }

  /** Returns what the index knows of a step whose segment is damaged. */
  static GroupList damaged(int step, List<RolloutRow> rows, String why) {
    Map<Integer, List<RolloutRow>> groups = new LinkedHashMap<>();
    rows.forEach(
        row -> groups.computeIfAbsent(row.position(), place -> new ArrayList<>()).add(row));
    List<GroupLine> lines =
        groups.values().stream()
            .map(
                group ->
                    GroupLine.of(
                        group, "", null, group.stream().mapToDouble(RolloutRow::reward).toArray()))
            .toList();
    return new GroupList(step, List.of(), Map.of(), Map.of(), false, false, why, lines);
  }
}
