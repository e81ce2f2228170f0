package rft.health;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RolloutRow;

/**
 * The policy is dissolving into noise.
 *
 * <p>The rule: entropy above three times the median of the first steps and above 1 nat, five steps
 * in a row. A rise below 1 nat is harmless. In the published reference runs the explosion comes
 * with the collapse of the reward or before it.
 *
 * @see <a href="https://github.com/rasbt/reasoning-from-scratch">reasoning-from-scratch</a>,
 *     chapter 7, whose runs these are
 */
final class EntropyExplosion implements Rule {
  private static final double TIMES_FIRST = 3;
  private static final double HARMLESS_NATS = 1;

  @Override
  public String name() {
    return "entropy-explosion";
  }

  @Override
  public Finding look(Course course) throws IOException {
    Series entropy = course.of(Metric.ENTROPY);
    if (entropy.size() < Course.IN_A_ROW) {
      return Finding.notApplicable("it needs " + Course.IN_A_ROW + " steps");
    }
    double first = course.atFirst(Metric.ENTROPY);
    double bound = Math.max(HARMLESS_NATS, TIMES_FIRST * first);
    Optional<Spell> spell = entropy.spell(Course.IN_A_ROW, value -> value > bound);
    if (spell.isEmpty()) {
      return Finding.fine(
          "entropy never stayed above "
              + NumberText.of(bound)
              + " nats; in the first steps it was "
              + NumberText.of(first));
    }
    Spell found = spell.get();
    double lr = course.options().optimizer().learningRate();
    return Finding.of(
        new Alarm(
            name(),
            Severity.STOP,
            found.since(),
            found.until(),
            "entropy rose from "
                + NumberText.of(first)
                + " nats in the first steps to "
                + NumberText.of(entropy.at(found.last()))
                + " at step "
                + found.last()
                + "; the logarithm of the vocabulary's size is pure chance",
            found.ends(),
            course.show(
                found.last(), row -> true, Comparator.comparingInt(RolloutRow::length).reversed()),
            List.of(
                course.forkBefore(found.since(), "--lr " + NumberText.of(lr / 3)),
                "keep the best checkpoint by validation: later ones are worse",
                "clipping that bites: --mu 2 with --clip-high 0.2, or --max-grad-norm 0.5")));
  }
}
