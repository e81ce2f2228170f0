package rft.health;

import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;

/**
 * The policy has left its base.
 *
 * <p>The rule: a divergence of more than 1 nat per token, five steps in a row. The divergence
 * begins at 0 and grows in every run that learns, so that a multiple of its start says nothing; in
 * this project's healthy runs five steps in a row stayed below 0.12, and single steps went to 3.1.
 */
final class KlRunaway implements Rule {
  private static final double NATS = 1;

  @Override
  public String name() {
    return "kl-runaway";
  }

  @Override
  public Finding look(Course course) {
    Series kl = course.of(Metric.KL);
    if (kl.isEmpty()) {
      return Finding.notApplicable("the run does not measure it: --kl-every 10 does");
    }
    String first = NumberText.of(course.atFirst(Metric.KL));
    Optional<Spell> spell = kl.spell(Course.IN_A_ROW, value -> value > NATS);
    if (spell.isEmpty()) {
      return Finding.fine(
          "the divergence from the base is "
              + NumberText.of(kl.last(Course.IN_A_ROW).median())
              + " nats per token, in the first steps it was "
              + first);
    }
    Spell found = spell.get();
    double lr = course.options().optimizer().learningRate();
    return Finding.of(
        new Alarm(
            name(),
            Severity.WARN,
            found.since(),
            found.until(),
            "the divergence from the base went from "
                + first
                + " nats per token in the first steps to "
                + NumberText.of(kl.at(found.last()))
                + " at step "
                + found.last(),
            found.ends(),
            List.of(),
            List.of(
                course.forkBefore(found.since(), "--lr " + NumberText.of(lr / 3)),
                "--kl "
                    + NumberText.of(Math.max(0.02, 2 * course.options().loss().klBeta()))
                    + " holds the policy near its base")));
  }
}
