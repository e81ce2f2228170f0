package rft.live;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rft.run.DamagedRunException;
import rft.run.RolloutRow;
import rft.run.RunReader;
import rft.run.StoredRollout;

/**
 * One task over the steps in which it was asked, with one rollout of each.
 *
 * @param task its id
 * @param steps ascending
 * @param cursor the step to go on from; null at the end
 */
record TaskHistory(String task, List<Asked> steps, @Nullable Integer cursor) {
  private static final long BUDGET_NANOS = Duration.ofMillis(300).toNanos();

  /** Which rollout stands for its group. */
  enum Pick {
    /** Highest reward. */
    BEST,
    /** Lowest reward. */
    WORST,
    /** The first that was sampled. */
    FIRST;

    static Pick named(@Nullable String name) {
      for (Pick pick : values()) {
        if (name == null || pick.name().toLowerCase(Locale.ROOT).equals(name)) {
          return pick;
        }
      }
      throw new BadRequestResponse("pick must be best, worst or first");
    }

    RolloutRow of(List<RolloutRow> group) {
      Comparator<RolloutRow> byReward = Comparator.comparingDouble(RolloutRow::reward);
      return group.stream()
          .filter(row -> this != FIRST && !Double.isNaN(row.reward()))
          .min(this == BEST ? byReward.reversed() : byReward)
          .orElse(group.get(0));
    }
  }

  /**
   * One step.
   *
   * @param group its rewards and lengths
   * @param step the step
   * @param index place in the group of the rollout that stands for it
   * @param reward of that rollout; null where there is none
   * @param text of that rollout; null where the step is damaged
   */
  record Asked(
      int step, GroupLine group, int index, @Nullable Double reward, @Nullable String text) {}

  /** Reads a task's history, for a third of a second. */
  static TaskHistory of(RunReader reader, String task, Pick pick, int from) throws IOException {
    Map<Integer, List<RolloutRow>> bySteps = new TreeMap<>();
    for (RolloutRow row : reader.rolloutIndex(task)) {
      bySteps.computeIfAbsent(row.step(), step -> new ArrayList<>()).add(row);
    }
    if (bySteps.isEmpty()) {
      throw new NotFoundResponse("the run was never asked task " + task);
    }
    List<Asked> steps = new ArrayList<>();
    long end = System.nanoTime() + BUDGET_NANOS;
    for (Map.Entry<Integer, List<RolloutRow>> each : bySteps.entrySet()) {
      if (each.getKey() < from) {
        continue;
      }
      if (System.nanoTime() > end && !steps.isEmpty()) {
        return new TaskHistory(task, steps, each.getKey());
      }
      steps.add(asked(reader, each.getValue(), pick));
    }
    return new TaskHistory(task, steps, null);
  }

  private static Asked asked(RunReader reader, List<RolloutRow> all, Pick pick) throws IOException {
    // A step may ask a task twice: the first group stands for it.
    int position = all.get(0).position();
    List<RolloutRow> group = all.stream().filter(row -> row.position() == position).toList();
    RolloutRow picked = pick.of(group);
    double[] rewards = group.stream().mapToDouble(RolloutRow::reward).toArray();
    @Nullable String text = null;
    String prompt = "";
    try {
      for (StoredRollout rollout : reader.rollouts(picked.step())) {
        if (rollout.position() == position && rollout.index() == picked.index()) {
          text = rollout.text();
          prompt = rollout.prompt();
        }
      }
    } catch (DamagedRunException e) {
      // The index still knows the rewards.
    }
    return new Asked(
        picked.step(),
        GroupLine.of(group, prompt, null, rewards),
        picked.index(),
        Double.isNaN(picked.reward()) ? null : picked.reward(),
        text);
  }
}
