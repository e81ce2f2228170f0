package rft.health;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RolloutRow;

/**
 * Completions are cut off before they can answer: such a one is scored as wrong whatever it was
 * about to say.
 *
 * <p>The rule: more than a quarter of them, five steps in a row; more than half says stop. Runs
 * broke in silence at 50 to 80 %. Where lengths ran away first, {@link LengthDrift} says so
 * instead.
 *
 * @see <a href="https://github.com/huggingface/trl/issues/6263">trl issue 6263</a>
 */
final class Truncated implements Rule {
  static final double SHARE = 0.25;
  private static final double STOP = 0.5;

  @Override
  public String name() {
    return "truncated";
  }

  @Override
  public Finding look(Course course) throws IOException {
    Series truncated = course.of(Metric.COMPLETION_TRUNCATED);
    if (truncated.size() < Course.IN_A_ROW) {
      return Finding.notApplicable("it needs " + Course.IN_A_ROW + " steps");
    }
    Optional<Spell> spell = truncated.spell(Course.IN_A_ROW, share -> share > SHARE);
    if (spell.isEmpty() || LengthDrift.runaway(course).isPresent()) {
      return Finding.fine(
          NumberText.of(truncated.last(Course.IN_A_ROW).mean(), "share")
              + " of the last completions are cut off, in the first steps "
              + NumberText.of(course.atFirst(Metric.COMPLETION_TRUNCATED), "share"));
    }
    Spell found = spell.get();
    double share = truncated.from(found.since()).upTo(found.last()).mean();
    int limit = course.options().sampling().maxNewTokens();
    return Finding.of(
        new Alarm(
            name(),
            share > STOP ? Severity.STOP : Severity.WARN,
            found.since(),
            found.until(),
            NumberText.of(share, "share")
                + " of the completions from step "
                + found.since()
                + " to "
                + found.last()
                + " are cut off at "
                + limit
                + " tokens, in the first steps "
                + NumberText.of(course.atFirst(Metric.COMPLETION_TRUNCATED), "share"),
            found.ends(),
            course.show(
                found.last(),
                row -> row.finishReason().equalsIgnoreCase("length"),
                Comparator.comparingDouble(RolloutRow::reward)),
            List.of(
                "--max-new-tokens " + 2 * limit,
                "--mask-truncated leaves them out of the loss",
                "a prompt that asks for a shorter answer")));
  }
}
