package rft.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import rft.reward.Cancellation;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * What the parts of a reward say of rollouts.
 *
 * @param means mean of each part by its name, of what was scored
 * @param cancellations pairs of parts that cancel within groups, the worst first
 */
public record PartSummary(Map<String, Double> means, List<Cancellation> cancellations) {
  private static final Map<String, Double> NONE = Map.of();

  public PartSummary {
    means = new LinkedHashMap<>(means);
    cancellations = List.copyOf(cancellations);
  }

  static PartSummary of(Map<String, Double> weights, List<RewardTry.Row> rows) {
    Map<List<Object>, List<Verdict>> groups = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.origin() != RewardTry.Origin.REFERENCE)
        .forEach(
            row ->
                groups
                    .computeIfAbsent(
                        Arrays.asList(row.origin(), row.step(), row.taskId()),
                        key -> new ArrayList<>())
                    .add(row.verdict()));
    Map<String, Double> means =
        groups.values().stream()
            .flatMap(List::stream)
            .flatMap(v -> v.fold(Score::parts, a -> NONE, f -> NONE).entrySet().stream())
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    LinkedHashMap::new,
                    Collectors.averagingDouble(Map.Entry::getValue)));
    return new PartSummary(means, Cancellation.among(weights, List.copyOf(groups.values())));
  }
}
