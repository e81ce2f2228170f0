package rft.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rft.run.Metric;
import rft.run.RunStatus;

/** Steps that changed nothing, and trainers that do nothing. */
class TrainerRulesTest {
  private static @Nullable Alarm alarm(Rule rule, CourseSketch sketch) throws IOException {
    return rule.look(sketch.course()).alarm();
  }

  private static CourseSketch gradients(int wildFrom, int wildTo) {
    return new CourseSketch(30)
        .with(Metric.LOSS, step -> 0)
        .with(
            Metric.GRAD_NORM,
            step -> step >= wildFrom && step <= wildTo ? Double.POSITIVE_INFINITY : 0.5);
  }

  @Test
  void oneLostStepWarnsAndThreeInARowSayStop() throws IOException {
    Alarm one = alarm(new Diverged(), gradients(7, 7));
    assertEquals(Severity.WARN, one.severity());
    assertEquals(7, one.until());
    Alarm three = alarm(new Diverged(), gradients(28, 30));
    assertEquals(Severity.STOP, three.severity());
    assertTrue(three.lasts());
    assertTrue(three.tryNext().get(0).startsWith("fork from step 27"), three.tryNext().get(0));
    assertNull(alarm(new Diverged(), gradients(31, 31)));
  }

  @Test
  void aStepWithoutALossIsNoTrouble() throws IOException {
    CourseSketch sketch = new CourseSketch(9).with(Metric.GRAD_NORM, step -> 1);
    assertNull(alarm(new Diverged(), sketch));
  }

  @Test
  void aSilentTrainerIsStalledByItsOwnPace() throws IOException {
    CourseSketch quick = new CourseSketch(9).with(Metric.TIME_STEP_SECONDS, step -> 0.5);
    assertNull(alarm(new Stalled(), quick.silentFor(Duration.ofSeconds(50))));
    assertEquals(9, alarm(new Stalled(), quick.silentFor(Duration.ofSeconds(70))).since());
    CourseSketch slow = new CourseSketch(9).with(Metric.TIME_STEP_SECONDS, step -> 30);
    assertNull(alarm(new Stalled(), slow.silentFor(Duration.ofSeconds(70))));
  }

  @Test
  void aTrainerThatVanishedIsAnAlarmAndOneThatEndedIsNot() throws IOException {
    CourseSketch run = new CourseSketch(9).with(Metric.TIME_STEP_SECONDS, step -> 0.5);
    Alarm alarm = alarm(new Stalled(), run.status(RunStatus.CRASHED, ""));
    assertEquals("its trainer vanished after step 9 without a word", alarm.sentence());
    assertNull(alarm(new Stalled(), run.status(RunStatus.FINISHED, "")));
  }
}
