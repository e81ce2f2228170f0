package rft.health;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RolloutRow;

/**
 * Hardly a group has unequal rewards, so that there is nothing to learn from.
 *
 * <p>The rule: less than 15 % of the groups are mixed, five steps in a row, and those without a
 * signal are all bad, or all good from the very first steps. A run that has solved its tasks has no
 * signal left either; that is no trouble. A group of G answers, each right with probability p, has
 * no signal with probability p^G + (1-p)^G: 85 % at p = 0.02 and G = 8.
 *
 * @see <a href="https://github.com/huggingface/trl/issues/3857">trl issue 3857</a>, one of many
 *     reports of runs that never had a signal
 */
final class NoSignal implements Rule {
  static final double MIXED = 0.15;
  private static final int STARTED = 2;

  /** Share of mixed groups in step 1 from which on a signal was there, and not a lucky group. */
  private static final double TAUGHT = 0.5;

  @Override
  public String name() {
    return "no-signal";
  }

  @Override
  public Finding look(Course course) throws IOException {
    Series mixed = course.of(Metric.GROUP_MIXED);
    if (mixed.size() < Course.IN_A_ROW) {
      return Finding.notApplicable("it needs " + Course.IN_A_ROW + " steps with groups");
    }
    Optional<Spell> spell = mixed.spell(Course.IN_A_ROW, share -> share < MIXED);
    if (spell.isEmpty()) {
      return Finding.fine(
          NumberText.of(mixed.last(Course.IN_A_ROW).mean(), "share")
              + " of the groups of the last steps teach");
    }
    Spell found = spell.get();
    double good = during(course, Metric.GROUP_ALL_GOOD, found);
    double bad = during(course, Metric.GROUP_ALL_BAD, found);
    boolean fromStart = found.since() <= STARTED;
    if (good > bad && !fromStart) {
      return Finding.fine(
          "the tasks are solved: "
              + NumberText.of(good, "share")
              + " of the groups are all good since step "
              + found.since());
    }
    return Finding.of(alarm(course, found, good, bad));
  }

  private static double during(Course course, Metric metric, Spell spell) {
    return course.of(metric).from(spell.since()).upTo(spell.last()).mean();
  }

  private Alarm alarm(Course course, Spell spell, double good, double bad) throws IOException {
    Series before = course.of(Metric.GROUP_MIXED).upTo(spell.since() - 1);
    double taught = before.first(course.firstSteps()).median();
    boolean lost = spell.since() > STARTED || taught >= TAUGHT;
    boolean tooGood = good > bad;
    String sentence =
        String.format(
            Locale.ROOT,
            "%s of the groups%s from step %d on have unequal rewards: %s are all bad, %s all"
                + " good%s",
            NumberText.of(during(course, Metric.GROUP_MIXED, spell), "share"),
            spell.lasts() ? "" : " up to step " + spell.last(),
            spell.since(),
            NumberText.of(bad, "share"),
            NumberText.of(good, "share"),
            before.isEmpty()
                ? ", and it never was otherwise"
                : "; in the first steps " + NumberText.of(taught, "share") + " taught");
    return new Alarm(
        name(),
        Severity.STOP,
        spell.since(),
        spell.until(),
        sentence,
        spell.ends(),
        course.show(
            spell.last(),
            row -> row.index() == 0,
            Comparator.comparingDouble(RolloutRow::reward).reversed()),
        tooGood ? whenAllGood() : lost ? whenLost(course, spell) : whenAllBad(course));
  }

  private static List<String> whenAllGood() {
    return List.of(
        "read the rollouts: a reward that pays every answer teaches nothing"
            + " (rft reward probe names what it pays for)",
        "a stricter reward, sent to the run with rft runs reward",
        "harder tasks");
  }

  private static List<String> whenAllBad(Course course) {
    int group = course.options().loop().groupSize();
    return List.of(
        "rft reward try on the references: a reward that refuses its own references is broken",
        "--group-size " + 4 * group + ": a rare right answer is found more often",
        "a reward with partial credit, or easier tasks first",
        "--method sft for a few steps before, so that the answers have the form asked for");
  }

  private static List<String> whenLost(Course course, Spell spell) {
    double lr = course.options().optimizer().learningRate();
    return List.of(
        course.forkBefore(spell.since(), "--lr " + NumberText.of(lr / 3)),
        "--kl 0.02 holds the policy near its base");
  }
}
