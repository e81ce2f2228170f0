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
  /** What tells a fault from rounding. */
  private enum Measure {
    LARGEST(
        Metric.SAMPLER_LOGPROB_DIFFERENCE_MAX,
        0.01,
        "largest",
        "up to",
        "--mu 1 --threads 1, and report it: equal weights must agree"),
    MEAN(
        Metric.SAMPLER_LOGPROB_DIFFERENCE_MEAN,
        0.1,
        "mean",
        "a mean of up to",
        "--precision f32 for a few steps: if the gap goes, rounding is it, else report it");

    private final Metric metric;
    private final double limit;
    private final String kind;
    private final String by;
    private final String lastTry;

    Measure(Metric metric, double limit, String kind, String by, String lastTry) {
      this.metric = metric;
      this.limit = limit;
      this.kind = kind;
      this.by = by;
      this.lastTry = lastTry;
    }

    static Measure of(String precision) {
      return precision.equals(RunInputs.FULL_PRECISION) ? LARGEST : MEAN;
    }
  }

  @Override
  public String name() {
    return "sampler-mismatch";
  }

  @Override
  public Finding look(Course course) {
    Measure measure = Measure.of(course.options().inputs().precision());
    Series gap = course.of(measure.metric);
    if (gap.isEmpty()) {
      return Finding.notApplicable("no step has noted their " + measure.kind + " gap yet");
    }
    String first = NumberText.of(course.atFirst(measure.metric));
    Optional<Spell> spell = gap.spell(Course.IN_A_ROW, value -> !(value <= measure.limit));
    if (spell.isEmpty()) {
      return Finding.fine(
          "the %s gap between sampler and trainer was %s nats at most, in the first steps %s"
              .formatted(measure.kind, NumberText.of(gap.finite().most()), first));
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
                .formatted(measure.by, NumberText.of(most), first),
            found.ends(),
            List.of(),
            List.of(
                "--top-p 1 --top-k 0: the trainer scores the whole distribution",
                "--device cpu for a few steps: if the gap goes, the device's arithmetic is it",
                measure.lastTry)));
  }
}
