package rft.command;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.run.RunReader;
import rft.run.StoredRollout;

/** Gathers the completions that a reward is tried on, most recent ones where there are too many. */
final class Trials {
  private final Optional<Dataset> dataset;
  private final Map<String, Task> byId = new HashMap<>();
  private final List<Trial> gathered = new ArrayList<>();
  private int unknownTasks;

  /**
   * @param dataset where tasks are looked up by id; empty if there is none
   */
  Trials(Optional<Dataset> dataset) {
    this.dataset = dataset;
    dataset.ifPresent(known -> known.tasks().forEach(task -> byId.put(task.id(), task)));
  }

  void addReferences(int most) {
    dataset.ifPresent(known -> gathered.addAll(Trial.references(known.tasks(), most)));
  }

  /**
   * Adds rollouts of a run: those of one step, or of its last steps.
   *
   * @throws CommandException if it has none of that step
   */
  void addRun(Run run, @Nullable Integer step, int most) throws IOException {
    try (RunReader reader = run.reader()) {
      if (step != null) {
        addStored(
            StoredStep.read(reader, step, null).groups().stream().flatMap(List::stream).toList(),
            most);
        return;
      }
      List<Integer> steps = new ArrayList<>(reader.rolloutSteps());
      Collections.reverse(steps);
      ArrayDeque<Integer> left = new ArrayDeque<>(steps);
      int room = most;
      while (room > 0 && !left.isEmpty()) {
        room -= addStored(reader.rollouts(left.remove()), room);
      }
    }
  }

  private int addStored(List<StoredRollout> stored, int most) {
    int added = 0;
    for (StoredRollout rollout : stored) {
      Task task = byId.get(rollout.taskId());
      if (task == null) {
        unknownTasks++;
      } else if (added < most) {
        gathered.add(Trial.of(task, rollout));
        added++;
      }
    }
    return added;
  }

  /** Adds rollouts that a cell sampled; a task the dataset lacks is made of what they keep. */
  void addSampled(SampleRollouts.Report report, int most) {
    List<Trial> all = new ArrayList<>();
    for (SampleRollouts.Group group : report.groups()) {
      Task known = byId.get(group.taskId());
      Task task =
          known != null ? known : Task.of(group.taskId(), group.prompt(), group.reference());
      all.addAll(Trial.of(task, group));
    }
    gathered.addAll(all.subList(0, Math.min(most, all.size())));
  }

  /**
   * Returns what was gathered.
   *
   * @throws CommandException if that is nothing
   */
  List<Trial> all() {
    if (gathered.isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED,
          unknownTasks > 0
              ? "none of the run's tasks is in the dataset: give the one it was trained on"
              : "there is nothing to score: the dataset has no reference answers, and there are no"
                  + " rollouts");
    }
    return List.copyOf(gathered);
  }

  /** Returns how many rollouts were left out because the dataset lacks their tasks. */
  int unknownTasks() {
    return unknownTasks;
  }
}
