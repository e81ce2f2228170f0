package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.reward.Failure;

final class RewardSeriesTest {
  @Test
  void failuresCountZeroInStepsThatHadNone() {
    RewardSeries series =
        new RewardSeries(
            Map.of(
                Metric.REWARD_FAILED.key(),
                List.of(new Point(1, 0), new Point(2, 0.25), new Point(3, 0)),
                Metric.failureKey(Failure.Kind.WORKER_DIED),
                List.of(new Point(2, 4))));
    assertEquals(
        Map.of("worker died", List.of(new Point(1, 0), new Point(2, 4), new Point(3, 0))),
        series.failures());
    assertEquals(
        "rollouts whose reward failed: worker died", Metric.meaningOf("reward/failed/worker_died"));
  }

  @Test
  void partsAreFoundByName() {
    List<Point> points = List.of(new Point(1, 0.5));
    RewardSeries series =
        new RewardSeries(Map.of(Metric.partKey("a/b"), points, Metric.REWARD_MEAN.key(), points));
    assertEquals(Map.of("a/b", points), series.parts());
    assertTrue(series.failures().isEmpty());
  }

  @Test
  void aSeamIsTheFirstStepOfAnotherVersion() {
    RewardSeries series =
        new RewardSeries(
            Map.of(
                Metric.REWARD_VERSION.key(),
                List.of(new Point(4, 2), new Point(5, 2), new Point(6, 3))));
    assertEquals(List.of(4, 6), series.seams());
    assertTrue(new RewardSeries(Map.of()).seams().isEmpty());
  }
}
