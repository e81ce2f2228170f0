package rft.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import rft.run.OptimizerOptions;
import rft.run.Schedule;

class LearningRateTest {
  private static LearningRate rate(Schedule schedule, int warmup) {
    return new LearningRate(new OptimizerOptions(0.1, schedule, warmup, 0.9, 0.95, 0, 1), 12);
  }

  @Test
  void warmupClimbsInEqualSteps() {
    LearningRate rate = rate(Schedule.CONSTANT, 3);
    assertEquals(0.025, rate.at(1), 1e-12);
    assertEquals(0.075, rate.at(3), 1e-12);
    assertEquals(0.1, rate.at(4), 1e-12);
    assertEquals(0.1, rate.at(12), 1e-12);
  }

  @Test
  void linearFallsFromThePeakTowardsTheFloor() {
    LearningRate rate = rate(Schedule.LINEAR, 2);
    assertEquals(0.1, rate.at(3), 1e-12);
    assertEquals(0.1 * (1 - 0.95 * 0.5), rate.at(8), 1e-12);
    assertEquals(0.1 * (1 - 0.95 * 0.9), rate.at(12), 1e-12);
  }

  @Test
  void cosineIsHalfwayInTheMiddle() {
    LearningRate rate = rate(Schedule.COSINE, 2);
    assertEquals(0.1 * (0.05 + 0.95 * 0.5), rate.at(8), 1e-12);
  }
}
