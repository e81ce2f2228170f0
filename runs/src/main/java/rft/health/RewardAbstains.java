package rft.health;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RolloutRow;

/**
 * The reward says of many rollouts that it does not apply to them: they were sampled for nothing.
 *
 * <p>The rule: more than a quarter of them, five steps in a row.
 *
 * @see <a href="https://github.com/huggingface/trl/pull/5775">trl pull request 5775</a>, on groups
 *     in which every part abstained
 */
final class RewardAbstains implements Rule {
  private static final double SHARE = 0.25;

  @Override
  public String name() {
    return "reward-abstains";
  }

  @Override
  public Finding look(Course course) throws IOException {
    Series abstained = course.of(Metric.REWARD_ABSTAINED);
    if (abstained.size() < Course.IN_A_ROW) {
      return Finding.notApplicable("it needs " + Course.IN_A_ROW + " steps");
    }
    Optional<Spell> spell = abstained.spell(Course.IN_A_ROW, share -> share > SHARE);
    if (spell.isEmpty()) {
      return Finding.fine(
          "the reward abstained from "
              + NumberText.of(abstained.mean(), "share")
              + " of the rollouts");
    }
    Spell found = spell.get();
    return Finding.of(
        new Alarm(
            name(),
            Severity.WARN,
            found.since(),
            found.until(),
            "the reward abstained from "
                + NumberText.of(abstained.from(found.since()).upTo(found.last()).mean(), "share")
                + " of the rollouts from step "
                + found.since()
                + " to "
                + found.last()
                + ", in the first steps "
                + NumberText.of(course.atFirst(Metric.REWARD_ABSTAINED), "share"),
            found.ends(),
            course.show(
                found.last(),
                row -> row.outcome().equals("abstain"),
                Comparator.comparingInt(RolloutRow::position)),
            List.of(
                "read why: rft inspect RUN shows the reason of each",
                "leave the tasks it does not apply to out of the dataset",
                "a reward of 0 where the answer is bad, and not an abstention")));
  }
}
