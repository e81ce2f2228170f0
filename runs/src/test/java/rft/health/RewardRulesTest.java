package rft.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rft.run.Metric;
import rft.run.RolloutRow;
import rft.run.RunStatus;

/** The reward's course, its failures, its abstentions and its time. */
class RewardRulesTest {
  private static @Nullable Alarm alarm(Rule rule, CourseSketch sketch) throws IOException {
    return rule.look(sketch.course()).alarm();
  }

  private static CourseSketch reward(IntToDoubleFunction value) {
    return new CourseSketch(100)
        .with(Metric.REWARD_MEAN, value)
        .with(Metric.GROUP_MIXED, step -> 0.5)
        .with(Metric.GROUP_ALL_GOOD, step -> 0);
  }

  /** Returns a value with the noise of 64 coins. */
  private static IntToDoubleFunction noisy(IntToDoubleFunction value, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return step -> value.applyAsDouble(step) + 0.12 * (random.nextDouble() - 0.5);
  }

  @Test
  void aRewardThatLosesHalfOfItsBestHasFallen() throws IOException {
    Alarm alarm = alarm(new RewardFell(), reward(noisy(step -> step < 60 ? 0.8 : 0.1, 1)));
    assertTrue(alarm.since() > 62 && alarm.since() < 70, alarm.sentence());
    assertEquals(Severity.STOP, alarm.severity());
    assertNull(alarm(new RewardFell(), reward(noisy(step -> step < 60 ? 0.8 : 0.6, 1))));
  }

  @Test
  void aSmallRewardMayHalveWithinItsNoise() throws IOException {
    assertNull(alarm(new RewardFell(), reward(noisy(step -> 0.07, 2))));
  }

  @Test
  void aNegativeRewardFallsTowardsItsWorstAnswers() throws IOException {
    CourseSketch falls =
        reward(step -> step < 60 ? -0.1 : -0.9).with(Metric.REWARD_P10, step -> -1);
    assertEquals(65, alarm(new RewardFell(), falls).since());
    CourseSketch rises = reward(step -> -1 + step / 200.0).with(Metric.REWARD_P10, step -> -1.2);
    assertNull(alarm(new RewardFell(), rises));
  }

  @Test
  void aRewardThatNeverRisesIsAPlateauFromHalfTheRunOn() throws IOException {
    Alarm alarm = alarm(new Plateau(), reward(noisy(step -> 0.3, 3)));
    assertEquals(1, alarm.since());
    assertNull(alarm(new Plateau(), reward(noisy(step -> 0.2 + step / 200.0, 3))));
    CourseSketch early = new CourseSketch(100).with(Metric.REWARD_MEAN, step -> 0.3);
    Series half = early.course().of(Metric.REWARD_MEAN).first(40);
    assertEquals(
        Check.Outcome.NOT_APPLICABLE,
        new Plateau().look(early.with(Metric.REWARD_MEAN, half.points()).course()).outcome());
  }

  @Test
  void failuresCountWhenTheyLastOrEndTheRun() throws IOException {
    RolloutRow failed = new RolloutRow(50, 2, 1, "t", null, Double.NaN, 0, 9, "timeout", "stop");
    RolloutRow fine = new RolloutRow(50, 2, 2, "t", null, 1, 0, 9, "score", "stop");
    CourseSketch some =
        new CourseSketch(50)
            .with(Metric.REWARD_FAILED, step -> step < 10 ? 0 : 0.1)
            .rollouts(List.of(fine, failed));
    Alarm alarm = alarm(new RewardFailures(), some);
    assertEquals(10, alarm.since());
    assertEquals(Severity.WARN, alarm.severity());
    assertEquals(List.of(new Place(50, 2, 1)), alarm.rollouts());
    CourseSketch ended =
        new CourseSketch(3)
            .with(Metric.REWARD_FAILED, step -> step == 3 ? 0.6 : 0)
            .status(RunStatus.FAILED, "60 % of the rewards of step 3 failed");
    assertEquals(Severity.STOP, alarm(new RewardFailures(), ended).severity());
    CourseSketch rare = new CourseSketch(50).with(Metric.REWARD_FAILED, s -> s % 5 == 0 ? 0.2 : 0);
    assertNull(alarm(new RewardFailures(), rare));
  }

  @Test
  void abstentionsCountAboveAQuarter() throws IOException {
    CourseSketch most = new CourseSketch(9).with(Metric.REWARD_ABSTAINED, step -> 0.5);
    assertTrue(
        alarm(new RewardAbstains(), most)
            .sentence()
            .startsWith("the reward abstained from 50.0 %"));
    CourseSketch few = new CourseSketch(9).with(Metric.REWARD_ABSTAINED, step -> 0.2);
    assertNull(alarm(new RewardAbstains(), few));
  }

  @Test
  void aRewardIsSlowWhenItTakesMostOfAStep() throws IOException {
    CourseSketch slow =
        new CourseSketch(9)
            .with(Metric.TIME_STEP_SECONDS, step -> 2)
            .with(Metric.TIME_REWARD_SECONDS, step -> 1.5);
    assertEquals(
        "the trainer waits for the reward: it takes 1.5 s of a step of 2 s, in the first steps"
            + " 1.5 s",
        alarm(new SlowReward(), slow).sentence());
    assertNull(alarm(new SlowReward(), slow.with(Metric.TIME_REWARD_SECONDS, step -> 0.9)));
  }
}
