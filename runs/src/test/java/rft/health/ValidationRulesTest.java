package rft.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rft.run.Metric;
import rft.run.Point;

/** What validation shows that the training reward does not; validations have 500 tasks here. */
class ValidationRulesTest {
  private static @Nullable Alarm alarm(Rule rule, CourseSketch sketch) throws IOException {
    return rule.look(sketch.course()).alarm();
  }

  /** Returns a validation every ten steps from step 0 on. */
  private static List<Point> every10(double... values) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(new Point(10 * i, values[i]));
    }
    return points;
  }

  private static CourseSketch validated(double... accuracy) {
    return new CourseSketch(40)
        .with(Metric.REWARD_MEAN, step -> 0.5 + step / 100.0)
        .with(Metric.REWARD_P10, step -> 0)
        .with(Metric.REWARD_P90, step -> 1)
        .with(Metric.VALIDATION_ACCURACY, every10(accuracy))
        .with(Metric.VALIDATION_REWARD, every10(accuracy));
  }

  @Test
  void aCheckThatPartedIsHackingAndItsBestCheckpointIsNamed() throws IOException {
    CourseSketch hacked =
        validated(0.3, 0.5, 0.4, 0.3, 0.2)
            .checked()
            .with(Metric.VALIDATION_PARTED, every10(0, 0, 1, 1, 1));
    Alarm alarm = alarm(new Parted(), hacked);
    assertEquals("reward-hacking", alarm.rule());
    assertEquals(20, alarm.since());
    assertEquals(List.of(10, 40), alarm.steps());
    assertTrue(alarm.sentence().contains("from 50.0 % at step 10 to 20.0 % at step 40"));
    assertNull(alarm(new ValidationFell(), hacked), "hacking says more");
  }

  @Test
  void aCheckPartsFromTheRewardThatIsPaidNow() throws IOException {
    CourseSketch replaced =
        validated(0.3, 0.5, 0.4, 0.3, 0.2)
            .checked()
            .rewardSince(25)
            .with(Metric.VALIDATION_PARTED, every10(0, 0, 1, 0, 1));
    assertEquals(List.of(30, 40), alarm(new Parted(), replaced).steps());
  }

  @Test
  void withoutACheckOfItsOwnThereIsNoHackingButAFall() throws IOException {
    CourseSketch fell =
        validated(0.3, 0.5, 0.4, 0.3, 0.2).with(Metric.VALIDATION_PARTED, every10(0, 0, 1, 1, 1));
    assertNull(alarm(new Parted(), fell));
    Alarm alarm = alarm(new ValidationFell(), fell);
    assertEquals(20, alarm.since());
    assertTrue(alarm.tryNext().get(0).contains("step 10"), alarm.tryNext().get(0));
    assertNull(alarm(new ValidationFell(), validated(0.3, 0.5, 0.48, 0.5, 0.47)));
    assertNull(alarm(new ValidationFell(), validated(0.3, 0.5, 0.5, 0.5, 0.3)), "one is no fall");
  }

  @Test
  void trainingThatRunsAheadOfValidationIsAGap() throws IOException {
    Alarm alarm = alarm(new ValidationGap(), validated(0.5, 0.5, 0.5, 0.5, 0.5));
    assertEquals(Severity.STOP, alarm.severity());
    assertTrue(alarm.sentence().endsWith("validation from 0.5 to 0.5"), alarm.sentence());
    assertNull(alarm(new ValidationGap(), validated(0.5, 0.6, 0.7, 0.8, 0.9)));
  }

  @Test
  void aRewardOfAnotherScaleHasNoGap() throws IOException {
    CourseSketch points = validated(0.5, 0.5, 0.5).with(Metric.REWARD_P90, step -> 10).checked();
    assertEquals(Check.Outcome.NOT_APPLICABLE, new ValidationGap().look(points.course()).outcome());
  }
}
