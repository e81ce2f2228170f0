package rft.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.run.Metric;
import rft.run.Point;
import rft.run.RunHeader;
import rft.run.RunReader;

/**
 * The steps of a run that have rollouts.
 *
 * @param run the run's id
 * @param name what the user called it
 * @param status where it stands, in lower case
 * @param steps ascending
 * @param means mean reward of each of these steps; null where there is none
 * @param baseEvery base log-probs are stored every that many steps; 0 never
 * @param method how it was trained, for example {@code grpo}
 * @param scale what advantages are divided by: {@code group}, {@code batch} or {@code none}
 */
record RolloutSteps(
    String run,
    String name,
    String status,
    List<Integer> steps,
    List<@Nullable Double> means,
    int baseEvery,
    String method,
    String scale) {
  static RolloutSteps of(RunReader reader) throws IOException {
    RunHeader header = reader.header();
    Map<Integer, Double> means = new HashMap<>();
    for (Point point : reader.metric(Metric.REWARD_MEAN.key())) {
      means.put(point.step(), point.value());
    }
    List<Integer> steps = reader.rolloutSteps();
    List<@Nullable Double> meansOfSteps = new ArrayList<>();
    steps.forEach(step -> meansOfSteps.add(means.get(step)));
    return new RolloutSteps(
        header.id(),
        header.name(),
        reader.status().name().toLowerCase(java.util.Locale.ROOT),
        steps,
        meansOfSteps,
        header.options().loop().klEvery(),
        header.options().method().jsonName(),
        header.options().loss().scale().jsonName());
  }
}
