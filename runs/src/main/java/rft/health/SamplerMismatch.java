package rft.health;

import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;

/**
 * Sampler and trainer disagree about the same weights: the gradient belongs to another policy than
 * the one that answered.
 *
 * <p>The rule: a largest gap of more than 0.01 nats in a step, five steps in a row. Rounding in
 * float32 makes gaps of 0.00003 at most in this project's healthy runs; a larger one is a fault, of
 * the engine or of sampling settings that the trainer does not know.
 */
final class SamplerMismatch implements Rule {
  private static final double NATS = 0.01;

  @Override
  public String name() {
    return "sampler-mismatch";
  }

  @Override
  public Finding look(Course course) {
    Series gap = course.of(Metric.SAMPLER_LOGPROB_DIFFERENCE_MAX);
    if (gap.isEmpty()) {
      return Finding.notApplicable("no step has compared them yet");
    }
    String first = NumberText.of(course.atFirst(Metric.SAMPLER_LOGPROB_DIFFERENCE_MAX));
    Optional<Spell> spell = gap.spell(Course.IN_A_ROW, value -> !(value <= NATS));
    if (spell.isEmpty()) {
      return Finding.fine(
          "the largest gap between sampler and trainer was "
              + NumberText.of(gap.finite().most())
              + " nats, in the first steps "
              + first);
    }
    Spell found = spell.get();
    return Finding.of(
        new Alarm(
            name(),
            Severity.WARN,
            found.since(),
            found.until(),
            "sampler and trainer differ by up to "
                + NumberText.of(gap.from(found.since()).upTo(found.last()).finite().most())
                + " nats of log-probability on the same weights, in the first steps by "
                + first,
            found.ends(),
            List.of(),
            List.of(
                "--top-p 1 --top-k 0: the trainer scores the whole distribution",
                "--device cpu for a few steps: if the gap goes, the device's arithmetic is it",
                "--mu 1 --threads 1, and report it: equal weights must agree")));
  }
}
