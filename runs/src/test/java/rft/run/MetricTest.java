package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricTest {
  @Test
  void everyKeyLeadsBackToItsMetric() {
    for (Metric metric : Metric.values()) {
      assertEquals(Optional.of(metric), Metric.ofKey(metric.key()));
      assertTrue(metric.key().matches("[a-z0-9_]+/[a-z0-9_]+"), metric.key());
      assertFalse(metric.unit().isBlank() || metric.meaning().isBlank(), metric.key());
    }
    assertEquals(Metric.values().length, Arrays.stream(Metric.values()).distinct().count());
  }

  @Test
  void partsOfARewardHaveKeysOfTheirOwn() {
    assertEquals("reward/part/format", Metric.partKey("format"));
    assertEquals(Optional.empty(), Metric.ofKey("reward/part/format"));
  }

  @Test
  void onlyMetricsThatDependOnTheClockAreTimes() {
    assertTrue(Metric.TIME_STEP_SECONDS.isTime());
    assertTrue(Metric.TOKENS_PER_SECOND.isTime());
    assertFalse(Metric.REWARD_MEAN.isTime());
    assertFalse(Metric.TOKENS_SAMPLED.isTime());
  }
}
