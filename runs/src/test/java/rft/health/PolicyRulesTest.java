package rft.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rft.run.LoopOptions;
import rft.run.LossKind;
import rft.run.Metric;

/** Entropy, divergence, clipping, gradients, and sampler against trainer. */
class PolicyRulesTest {
  private static @Nullable Alarm alarm(Rule rule, CourseSketch sketch) throws IOException {
    return rule.look(sketch.course()).alarm();
  }

  private static CourseSketch entropy(IntToDoubleFunction value, double allBad) {
    return new CourseSketch(50)
        .with(Metric.ENTROPY, value)
        .with(Metric.GROUP_ALL_BAD, step -> allBad)
        .with(Metric.GROUP_MIXED, step -> 0.125);
  }

  @Test
  void lowEntropyIsACollapseOnlyWhileTasksAreUnsolved() throws IOException {
    IntToDoubleFunction falls = step -> step < 30 ? 0.4 : 0.02;
    Alarm alarm = alarm(new EntropyCollapse(), entropy(falls, 0.875));
    assertEquals(33, alarm.since());
    assertTrue(
        alarm.sentence().startsWith("entropy fell from 0.4 nats in the first steps to 0.02"),
        alarm.sentence());
    assertNull(alarm(new EntropyCollapse(), entropy(falls, 0.125)));
    assertNull(alarm(new EntropyCollapse(), entropy(step -> 0.2, 0.875)));
  }

  @Test
  void entropyExplodesAboveOneNatAndThreeTimesItsStart() throws IOException {
    Alarm alarm = alarm(new EntropyExplosion(), entropy(step -> step < 40 ? 0.5 : 1.6, 0));
    assertEquals(40, alarm.since());
    assertTrue(alarm.lasts());
    assertNull(alarm(new EntropyExplosion(), entropy(step -> step < 40 ? 0.1 : 0.9, 0)));
    assertNull(alarm(new EntropyExplosion(), entropy(step -> step < 40 ? 2 : 5, 0)));
    assertNull(alarm(new EntropyExplosion(), entropy(step -> step > 46 ? 1.6 : 0.5, 0)));
  }

  @Test
  void troubleThatIsOverSaysWhenItWas() throws IOException {
    Alarm alarm =
        alarm(new EntropyExplosion(), entropy(step -> step >= 20 && step < 30 ? 3 : 0.5, 0));
    assertEquals(20, alarm.since());
    assertEquals(29, alarm.until());
  }

  @Test
  void divergenceRunsAwayAboveOneNatForFiveSteps() throws IOException {
    CourseSketch away = new CourseSketch(50).with(Metric.KL, step -> step < 20 ? 0.1 : 2);
    assertEquals(20, alarm(new KlRunaway(), away).since());
    CourseSketch spikes = new CourseSketch(50).with(Metric.KL, step -> step % 5 == 0 ? 3 : 0.1);
    assertNull(alarm(new KlRunaway(), spikes));
    assertEquals(
        Check.Outcome.NOT_APPLICABLE, new KlRunaway().look(new CourseSketch(9).course()).outcome());
  }

  @Test
  void clippingCountsOnlyWhereTokensAreClippedAndUpdatesRepeat() throws IOException {
    CourseSketch often =
        new CourseSketch(20)
            .with(Metric.CLIP_LOW, step -> 0.08)
            .with(Metric.CLIP_HIGH, step -> 0.05)
            .options(o -> o.withLoop(new LoopOptions(20, 8, 16, 4, 32, 0)));
    Alarm alarm = alarm(new ClipShare(), often);
    assertEquals(1, alarm.since());
    assertEquals("--mu 2", alarm.tryNext().get(0));
    assertNull(alarm(new ClipShare(), often.loss(LossKind.GSPO)));
    CourseSketch once = new CourseSketch(20).with(Metric.CLIP_LOW, step -> 0.5);
    assertNull(alarm(new ClipShare(), once));
  }

  @Test
  void threeSpikesWithinTwentyStepsAreTooManyAndTwoAreNot() throws IOException {
    IntToDoubleFunction three = step -> step == 22 || step == 30 || step == 41 ? 2 : 0.1;
    Alarm alarm = alarm(new GradientSpikes(), new CourseSketch(50).with(Metric.GRAD_NORM, three));
    assertEquals(22, alarm.since());
    assertNull(alarm.until());
    assertTrue(alarm.sentence().contains("20 times its median"), alarm.sentence());
    IntToDoubleFunction apart = step -> step == 5 || step == 30 || step == 41 ? 2 : 0.1;
    assertNull(alarm(new GradientSpikes(), new CourseSketch(50).with(Metric.GRAD_NORM, apart)));
  }

  @Test
  void samplerAndTrainerMayDifferByRoundingOnly() throws IOException {
    Metric gap = Metric.SAMPLER_LOGPROB_DIFFERENCE_MAX;
    assertEquals(
        11,
        alarm(new SamplerMismatch(), new CourseSketch(20).with(gap, s -> s > 10 ? 0.3 : 1e-5))
            .since());
    assertEquals(
        1, alarm(new SamplerMismatch(), new CourseSketch(20).with(gap, s -> Double.NaN)).since());
    assertNull(alarm(new SamplerMismatch(), new CourseSketch(20).with(gap, s -> 0.005)));
  }

  private static CourseSketch inHalfPrecision() {
    return new CourseSketch(20)
        .options(options -> options.withInputs(options.inputs().withPrecision("bf16")))
        .with(Metric.SAMPLER_LOGPROB_DIFFERENCE_MAX, step -> 0.7);
  }

  @Test
  void inHalfPrecisionTheMeanTellsAndNotTheLargest() throws IOException {
    Metric mean = Metric.SAMPLER_LOGPROB_DIFFERENCE_MEAN;
    SamplerMismatch rule = new SamplerMismatch();
    assertNull(alarm(rule, inHalfPrecision().with(mean, step -> step == 2 ? 0.14 : 0.03)));
    Alarm alarm = alarm(rule, inHalfPrecision().with(mean, step -> step > 10 ? 0.3 : 0.02));
    assertEquals(11, alarm.since());
    assertTrue(alarm.sentence().contains("a mean of up to 0.3 nats"), alarm.sentence());
    assertTrue(alarm.tryNext().get(2).startsWith("--precision f32"), alarm.tryNext().toString());
    assertEquals(Check.Outcome.NOT_APPLICABLE, rule.look(inHalfPrecision().course()).outcome());
    assertNull(alarm(rule, new CourseSketch(20).with(mean, step -> 0.3)));
  }
}
