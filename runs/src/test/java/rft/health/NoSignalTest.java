package rft.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rft.run.Metric;
import rft.run.RolloutRow;

class NoSignalTest {
  private static CourseSketch groups(int steps, int from, double bad, double good) {
    return new CourseSketch(steps)
        .with(Metric.GROUP_MIXED, step -> step < from ? 0.75 : 1 - bad - good)
        .with(Metric.GROUP_ALL_BAD, step -> step < from ? 0.25 : bad)
        .with(Metric.GROUP_ALL_GOOD, step -> step < from ? 0 : good);
  }

  private static @Nullable Alarm alarm(CourseSketch sketch) throws IOException {
    return new NoSignal().look(sketch.course()).alarm();
  }

  @Test
  void allBadFromTheStartIsAnAlarmWithItsRollouts() throws IOException {
    RolloutRow row = new RolloutRow(10, 3, 0, "task", null, 0, 0, 8, "score", "stop");
    Alarm alarm = alarm(groups(10, 1, 1, 0).rollouts(List.of(row)));
    assertEquals(1, alarm.since());
    assertNull(alarm.until());
    assertEquals(Severity.STOP, alarm.severity());
    assertEquals(
        "0.0 % of the groups from step 1 on have unequal rewards: 100.0 % are all bad, 0.0 % all"
            + " good, and it never was otherwise",
        alarm.sentence());
    assertEquals(List.of(new Place(10, 3, 0)), alarm.rollouts());
    assertTrue(
        alarm.tryNext().contains("--group-size 64: a rare right answer is found more often"));
  }

  @Test
  void allGoodFromTheStartIsAnAlarmAndSolvedLaterIsNone() throws IOException {
    assertEquals(1, alarm(groups(10, 1, 0, 1)).since());
    assertNull(alarm(groups(40, 20, 0, 1)));
  }

  @Test
  void aSignalThatIsLostIsComparedWithTheFirstSteps() throws IOException {
    Alarm alarm = alarm(groups(40, 20, 0.9, 0));
    assertEquals(20, alarm.since());
    assertTrue(alarm.sentence().endsWith("in the first steps 75.0 % taught"), alarm.sentence());
    assertTrue(alarm.tryNext().get(0).startsWith("fork from step 19"), alarm.tryNext().get(0));
  }

  @Test
  void aSignalThatIsLostInTheFirstUpdateWasThere() throws IOException {
    Alarm alarm = alarm(groups(6, 2, 1, 0));
    assertEquals(2, alarm.since());
    assertTrue(alarm.sentence().endsWith("in the first steps 75.0 % taught"), alarm.sentence());
    assertTrue(alarm.tryNext().get(0).contains("with --lr"), alarm.tryNext().get(0));
  }

  @Test
  void fewerThanFiveStepsInARowAreNone() throws IOException {
    assertNull(alarm(groups(10, 7, 1, 0)));
    assertEquals(
        Check.Outcome.NOT_APPLICABLE, new NoSignal().look(groups(4, 1, 1, 0).course()).outcome());
  }
}
