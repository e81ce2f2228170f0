package rft.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.lab.AnswerGroup;
import rft.reward.Verdict;
import rft.run.RunReader;
import rft.run.StoredRollout;

/**
 * Groups of answers that were sampled before, by a run or by a cell.
 *
 * @param groups in the order in which they were sampled
 * @param unknownTasks groups left out because the dataset lacks their tasks
 */
record StoredAnswers(List<Group> groups, int unknownTasks) {
  /**
   * Answers to one task, and what was said of them.
   *
   * @param step of the run; null for others
   * @param answers the answers
   * @param before what was said when they were sampled
   */
  record Group(@Nullable Integer step, AnswerGroup answers, List<Verdict> before) {
    static Group of(@Nullable Integer step, List<Trial> trials) {
      List<Verdict> before = new ArrayList<>();
      for (Trial trial : trials) {
        Verdict said = trial.before();
        if (said != null) {
          before.add(said);
        }
      }
      return new Group(
          step,
          new AnswerGroup(trials.get(0).task(), trials.stream().map(Trial::completion).toList()),
          before);
    }
  }

  StoredAnswers {
    groups = List.copyOf(groups);
  }

  /** Returns the answers alone. */
  List<AnswerGroup> answers() {
    return groups.stream().map(Group::answers).toList();
  }

  /**
   * Returns the groups of a run, from its first step on, which its base model answered.
   *
   * @param step the only step; null for the first ones
   * @param most groups
   * @throws CommandException if there are none, or the dataset has none of their tasks
   */
  static StoredAnswers ofRun(Run run, Dataset dataset, @Nullable Integer step, int most)
      throws IOException {
    Map<String, Task> byId =
        dataset.tasks().stream().collect(Collectors.toMap(Task::id, Function.identity()));
    List<Group> groups = new ArrayList<>();
    int unknown = 0;
    try (RunReader reader = run.reader()) {
      List<Integer> steps = step != null ? List.of(step) : reader.rolloutSteps();
      for (int each : steps.isEmpty() ? List.of(0) : steps) {
        for (List<StoredRollout> stored : StoredStep.read(reader, each, null).groups()) {
          Task task = byId.get(StoredStep.taskOf(stored));
          if (task == null) {
            unknown++;
          } else if (groups.size() < most) {
            groups.add(Group.of(each, stored.stream().map(one -> Trial.of(task, one)).toList()));
          }
        }
        if (groups.size() >= most) {
          break;
        }
      }
    }
    if (groups.isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED,
          "none of the run's tasks is in the dataset: give the one it was trained on");
    }
    return new StoredAnswers(groups, unknown);
  }

  /** Returns the groups that a cell sampled; a task the dataset lacks is made of what they keep. */
  static StoredAnswers ofCell(SampleRollouts.Report report, Optional<Dataset> dataset, int most) {
    Map<String, Task> byId = new LinkedHashMap<>();
    dataset.ifPresent(known -> known.tasks().forEach(task -> byId.put(task.id(), task)));
    List<Group> groups =
        report.groups().stream()
            .limit(most)
            .map(
                group -> {
                  Task known = byId.get(group.taskId());
                  Task task =
                      known != null
                          ? known
                          : Task.of(group.taskId(), group.prompt(), group.reference());
                  return Group.of(null, Trial.of(task, group));
                })
            .toList();
    return new StoredAnswers(groups, 0);
  }
}
