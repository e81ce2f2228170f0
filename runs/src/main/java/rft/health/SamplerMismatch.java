package rft.health;

import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RunInputs;

/**
 * Sampler and trainer disagree about the same weights: the gradient belongs to another policy than
 * the one that answered.
 *
 * <p>The rule in float32: a largest gap of more than 0.01 nats in a step, five steps in a row.
 * Rounding there makes gaps of 0.0001 at most in this project's healthy runs; a larger one is a
 * fault, of the engine or of sampling settings that the trainer does not know.
 *
 * <p>In half precision: a mean gap of more than 0.1 nats, as often. Rounding in bfloat16 moves an
 * unlikely token by up to 0.85 nats there, so that the largest says nothing; the mean was 0.005 to
 * 0.05, once 0.14 in a step of a few short answers.
 */
final class SamplerMismatch implements Rule {
  private static final double FULL_MOST = 0.01;
  private static final double HALF_MEAN = 0.1;

  @Override
  public String name() {
    return "sampler-mismatch";
  }

  @Override
  public Finding look(Course course) {
    String precision = course.options().inputs().precision();
    boolean full = precision.equals(RunInputs.FULL_PRECISION);
    Metric metric =
        full ? Metric.SAMPLER_LOGPROB_DIFFERENCE_MAX : Metric.SAMPLER_LOGPROB_DIFFERENCE_MEAN;
    String kind = full ? "largest" : "mean";
    double limit = full ? FULL_MOST : HALF_MEAN;
    Series gap = course.of(metric);
    if (gap.isEmpty()) {
      return Finding.notApplicable(
          full
              ? "no step has compared them yet"
              : "no step has noted their mean gap, which is what tells in " + precision);
    }
    String first = NumberText.of(course.atFirst(metric));
    Optional<Spell> spell = gap.spell(Course.IN_A_ROW, value -> !(value <= limit));
    if (spell.isEmpty()) {
      return Finding.fine(
          "the %s gap between sampler and trainer was %s nats at most, in the first steps %s"
              .formatted(kind, NumberText.of(gap.finite().most()), first));
    }
    Spell found = spell.get();
    double most = gap.from(found.since()).upTo(found.last()).finite().most();
    return Finding.of(
        new Alarm(
            name(),
            Severity.WARN,
            found.since(),
            found.until(),
            ("sampler and trainer differ by %s %s nats of log-probability on the same weights, "
                    + "in the first steps by %s")
                .formatted(full ? "up to" : "a mean of up to", NumberText.of(most), first),
            found.ends(),
            List.of(),
            List.of(
                "--top-p 1 --top-k 0: the trainer scores the whole distribution",
                "--device cpu for a few steps: if the gap goes, the device's arithmetic is it",
                full
                    ? "--mu 1 --threads 1, and report it: equal weights must agree"
                    : "--precision f32 for a few steps: if the gap goes, rounding is it, "
                        + "else report it")));
  }
}
