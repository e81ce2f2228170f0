package rft.health;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RolloutRow;

/**
 * Completions run on to the limit, or shrink to nothing.
 *
 * <p>The rule, five steps in a row each: a mean length above twice the median of the first steps
 * with more than a quarter cut off at the limit, or below a quarter of that median. Longer answers
 * alone are often the better ones: in this project's healthy runs lengths doubled.
 */
final class LengthDrift implements Rule {
  private static final double TIMES_FIRST = 2;
  private static final double SHARE_OF_FIRST = 0.25;

  @Override
  public String name() {
    return "length-drift";
  }

  @Override
  public Finding look(Course course) throws IOException {
    Series length = course.of(Metric.COMPLETION_LENGTH_MEAN);
    if (length.size() < Course.IN_A_ROW) {
      return Finding.notApplicable("it needs " + Course.IN_A_ROW + " steps");
    }
    double first = course.atFirst(Metric.COMPLETION_LENGTH_MEAN);
    Optional<Spell> runaway = runaway(course);
    Optional<Spell> collapse =
        length.spell(Course.IN_A_ROW, value -> value < SHARE_OF_FIRST * first);
    if (runaway.isPresent()) {
      return Finding.of(alarm(course, runaway.get(), length, first, true));
    }
    if (collapse.isPresent()) {
      return Finding.of(alarm(course, collapse.get(), length, first, false));
    }
    return Finding.fine(
        "completions have "
            + NumberText.of(length.last(Course.IN_A_ROW).median())
            + " tokens, in the first steps "
            + NumberText.of(first));
  }

  /** Returns when lengths ran away and were cut off. */
  static Optional<Spell> runaway(Course course) {
    Series length = course.of(Metric.COMPLETION_LENGTH_MEAN);
    Series truncated = course.of(Metric.COMPLETION_TRUNCATED);
    double first = course.atFirst(Metric.COMPLETION_LENGTH_MEAN);
    return length.spellOfSteps(
        Course.IN_A_ROW,
        step -> length.at(step) > TIMES_FIRST * first && truncated.at(step) > Truncated.SHARE);
  }

  private Alarm alarm(Course course, Spell spell, Series length, double first, boolean ranAway)
      throws IOException {
    Comparator<RolloutRow> byLength = Comparator.comparingInt(RolloutRow::length);
    Series truncated = course.of(Metric.COMPLETION_TRUNCATED);
    return new Alarm(
        name(),
        Severity.WARN,
        spell.since(),
        spell.until(),
        "completions went from "
            + NumberText.of(first)
            + " tokens in the first steps to "
            + NumberText.of(length.at(spell.last()))
            + " at step "
            + spell.last()
            + (ranAway
                ? ", where "
                    + NumberText.of(truncated.at(spell.last()), "share")
                    + " are cut off at the limit"
                : ""),
        spell.ends(),
        course.show(spell.last(), row -> true, ranAway ? byLength.reversed() : byLength),
        ranAway ? whenLong(course, spell) : whenShort(course, spell));
  }

  private static List<String> whenLong(Course course, Spell spell) {
    double lr = course.options().optimizer().learningRate();
    return List.of(
        course.forkBefore(spell.since(), "--lr " + NumberText.of(lr / 3)),
        "--loss dr_grpo or dapo, which do not favour long wrong answers as grpo does",
        "a part of the reward that pays for an answer of the right length");
  }

  private static List<String> whenShort(Course course, Spell spell) {
    return List.of(
        "read the rollouts: a reward that pays for brevity pays an empty answer best",
        course.forkBefore(spell.since(), "a reward without, or with less of, a length part"),
        "--kl 0.02 holds the policy near its base");
  }
}
