package rft.health;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RolloutRow;

/**
 * A group gives the same answer again and again while its tasks are unsolved.
 *
 * <p>The rule: more than 80 % of the completions that can be duplicates are, five steps in a row,
 * with a quarter of the groups all bad. Of a group of G at most G-1 can repeat another. Groups that
 * are right may well agree: two of 24 healthy runs on a task with short answers did, before the
 * rule asked for bad groups.
 */
final class Duplicates implements Rule {
  private static final double SHARE = 0.8;
  private static final double ALL_BAD = 0.25;

  @Override
  public String name() {
    return "duplicates";
  }

  @Override
  public Finding look(Course course) throws IOException {
    Series duplicates = course.of(Metric.DUPLICATES);
    Series bad = course.of(Metric.GROUP_ALL_BAD);
    if (duplicates.size() < Course.IN_A_ROW) {
      return Finding.notApplicable("it needs " + Course.IN_A_ROW + " steps");
    }
    int group = course.options().loop().groupSize();
    double bound = SHARE * (group - 1) / group;
    Optional<Spell> spell =
        duplicates.spellOfSteps(
            Course.IN_A_ROW, step -> duplicates.at(step) > bound && bad.at(step) >= ALL_BAD);
    String first = NumberText.of(course.atFirst(Metric.DUPLICATES), "share");
    if (spell.isEmpty()) {
      return Finding.fine(
          NumberText.of(duplicates.last(Course.IN_A_ROW).mean(), "share")
              + " of the last completions repeat another of their group, in the first steps "
              + first);
    }
    Spell found = spell.get();
    return Finding.of(
        new Alarm(
            name(),
            Severity.WARN,
            found.since(),
            found.until(),
            NumberText.of(duplicates.at(found.last()), "share")
                + " of the completions of step "
                + found.last()
                + " repeat another of their group, in the first steps "
                + first,
            found.ends(),
            course.show(
                found.last(),
                row -> row.index() < 2,
                Comparator.comparingDouble(RolloutRow::reward)),
            List.of(
                "--temperature " + NumberText.of(course.options().sampling().temperature() * 1.2),
                course.forkBefore(
                    found.since(),
                    "--lr " + NumberText.of(course.options().optimizer().learningRate() / 3)),
                "--kl 0.02 holds the policy near its base")));
  }
}
