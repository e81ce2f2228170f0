package rft.health;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RolloutRow;

/**
 * The policy has made up its mind while its tasks are unsolved: it can no longer find better
 * answers.
 *
 * <p>The rule, on means of five steps: entropy below a quarter of the median of the first steps,
 * with at least a quarter of the groups all bad and more of them than mixed. Entropy alone says
 * nothing: it falls to a tenth in healthy runs that solve their tasks, and published fixed bounds
 * contradict each other.
 *
 * @see <a href="https://arxiv.org/abs/2505.22617">The entropy mechanism of reinforcement
 *     learning</a>, on why exploration ends with entropy
 */
final class EntropyCollapse implements Rule {
  private static final double SHARE_OF_FIRST = 0.25;
  private static final double ALL_BAD = 0.25;

  @Override
  public String name() {
    return "entropy-collapse";
  }

  @Override
  public Finding look(Course course) throws IOException {
    Series entropy = course.of(Metric.ENTROPY);
    if (entropy.size() < course.firstSteps() + Course.IN_A_ROW) {
      return Finding.notApplicable(
          "it needs " + (course.firstSteps() + Course.IN_A_ROW) + " steps");
    }
    double first = course.atFirst(Metric.ENTROPY);
    Series bad = course.of(Metric.GROUP_ALL_BAD).means(Course.IN_A_ROW);
    Series mixed = course.of(Metric.GROUP_MIXED).means(Course.IN_A_ROW);
    Series means = entropy.means(Course.IN_A_ROW);
    Optional<Spell> spell =
        means.spellOfSteps(
            1,
            step ->
                means.at(step) < SHARE_OF_FIRST * first
                    && bad.at(step) >= ALL_BAD
                    && bad.at(step) > mixed.at(step));
    if (spell.isEmpty()) {
      return Finding.fine(
          "entropy is "
              + NumberText.of(entropy.last(Course.IN_A_ROW).median())
              + " nats, in the first steps it was "
              + NumberText.of(first));
    }
    Spell found = spell.get();
    return Finding.of(
        new Alarm(
            name(),
            Severity.STOP,
            found.since(),
            found.until(),
            "entropy fell from "
                + NumberText.of(first)
                + " nats in the first steps to "
                + NumberText.of(means.at(found.last()))
                + " at step "
                + found.last()
                + " with "
                + NumberText.of(bad.at(found.last()), "share")
                + " of the groups all bad, "
                + NumberText.of(course.atFirst(Metric.GROUP_ALL_BAD), "share")
                + " in the first steps: answers of a group are alike and none is better",
            found.ends(),
            course.show(
                found.last(),
                row -> row.index() < 2,
                Comparator.comparingDouble(RolloutRow::reward)),
            List.of(
                course.forkBefore(
                    found.since(),
                    "--lr " + NumberText.of(course.options().optimizer().learningRate() / 3)),
                "--kl 0.02 holds the policy near its base",
                "--temperature " + NumberText.of(course.options().sampling().temperature() * 1.2),
                "read the rollouts: what they have in common is what the reward paid for")));
  }
}
