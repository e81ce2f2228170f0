package rft.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.reward.Failure;
import rft.run.RolloutRow;
import rft.run.RunReader;
import rft.run.StoredRollout;

/** Finds the stored rollouts of a run whose reward failed. */
final class FailedRollouts {
  private FailedRollouts() {}

  /** Returns how many there are, by kind. */
  static Map<String, Integer> byKind(RunReader reader) throws IOException {
    return reader.rolloutIndex().stream()
        .filter(FailedRollouts::isFailed)
        .collect(Collectors.toMap(RolloutRow::outcome, row -> 1, Integer::sum, TreeMap::new));
  }

  /**
   * Returns them in order.
   *
   * @param step null for every step
   * @param most as many at most
   */
  static List<StoredRollout> of(RunReader reader, @Nullable Integer step, int most)
      throws IOException {
    TreeSet<Integer> steps = new TreeSet<>();
    reader.rolloutIndex().stream()
        .filter(row -> isFailed(row) && (step == null || row.step() == step))
        .forEach(row -> steps.add(row.step()));
    List<StoredRollout> found = new ArrayList<>();
    for (int at : steps) {
      for (StoredRollout rollout : reader.rollouts(at)) {
        if (rollout.verdict() instanceof Failure && found.size() < most) {
          found.add(rollout);
        }
      }
      if (found.size() == most) {
        break;
      }
    }
    return found;
  }

  private static boolean isFailed(RolloutRow row) {
    return !row.outcome().equals("score") && !row.outcome().equals("abstain");
  }
}
