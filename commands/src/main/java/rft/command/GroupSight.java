package rft.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rollouts of one task, best first.
 *
 * @param step the step they were sampled for
 * @param position place of the task in the step
 * @param taskId the task
 * @param prompt the user's text
 * @param reference the reference answer; null where the dataset cannot be read any more
 * @param mean of the rewards there are; null where there are none
 * @param spread standard deviation of the rewards; null for fewer than two
 * @param rollouts sorted by reward, those without one last
 * @param clusters rollouts that say the same, for every text that occurs more than once
 */
public record GroupSight(
    int step,
    int position,
    String taskId,
    String prompt,
    @Nullable String reference,
    @Nullable Double mean,
    @Nullable Double spread,
    List<RolloutSight> rollouts,
    List<Cluster> clusters) {
  public GroupSight {
    rollouts = List.copyOf(rollouts);
    clusters = List.copyOf(clusters);
  }

  /**
   * Rollouts with the same text and the same reward.
   *
   * @param text what they say
   * @param indexes their places in the group, best first
   */
  public record Cluster(String text, List<Integer> indexes) {
    public Cluster {
      indexes = List.copyOf(indexes);
    }
  }

  private record Same(String text, @Nullable Double reward) {}

  /** Returns the rollouts with equal ones together, in order of their first. */
  public List<List<RolloutSight>> distinct() {
    Map<Same, List<RolloutSight>> byText = new LinkedHashMap<>();
    for (RolloutSight rollout : rollouts) {
      Same same = new Same(rollout.answer().text(), rollout.answer().reward());
      byText.computeIfAbsent(same, key -> new ArrayList<>()).add(rollout);
    }
    return List.copyOf(byText.values());
  }

  /** Returns the clusters of rollouts. */
  static List<Cluster> clusters(List<RolloutSight> rollouts) {
    GroupSight group = new GroupSight(0, 0, "", "", null, null, null, rollouts, List.of());
    return group.distinct().stream()
        .filter(same -> same.size() > 1)
        .map(
            same ->
                new Cluster(
                    same.get(0).answer().text(), same.stream().map(RolloutSight::index).toList()))
        .toList();
  }
}
