package rft.health;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RolloutRow;
import rft.run.RunStatus;

/**
 * The reward fails.
 *
 * <p>The rule: more than 5 % of the rewards, five steps in a row, as prime-rl bounds errored
 * rollouts; more than the run's own limit, or a run that ended for it, says stop.
 *
 * @see <a href="https://github.com/PrimeIntellect-ai/prime-rl">prime-rl</a>
 */
final class RewardFailures implements Rule {
  private static final double SHARE = 0.05;

  @Override
  public String name() {
    return "reward-failures";
  }

  @Override
  public Finding look(Course course) throws IOException {
    Series failed = course.of(Metric.REWARD_FAILED);
    if (failed.isEmpty()) {
      return Finding.notApplicable("no reward has been asked yet");
    }
    double limit = course.options().reward().failures().stopShare();
    boolean ended = course.facts().status() == RunStatus.FAILED && failed.last() > limit;
    Optional<Spell> spell = failed.spell(ended ? 1 : Course.IN_A_ROW, share -> share > SHARE);
    if (spell.isEmpty()) {
      return Finding.fine(
          NumberText.of(failed.mean(), "share") + " of the rewards of the run failed");
    }
    Spell found = spell.get();
    double share = failed.from(found.since()).upTo(found.last()).mean();
    return Finding.of(
        new Alarm(
            name(),
            ended || share > limit ? Severity.STOP : Severity.WARN,
            found.since(),
            found.until(),
            NumberText.of(share, "share")
                + " of the rewards failed from step "
                + found.since()
                + " to "
                + found.last()
                + ", in the first steps "
                + NumberText.of(course.atFirst(Metric.REWARD_FAILED), "share")
                + (ended ? ", and the run ended for it" : ""),
            found.ends(),
            course.show(
                found.last(), RewardFailures::hasFailed, Comparator.comparing(RolloutRow::outcome)),
            List.of(
                "rft runs show RUN --failures lists what went wrong",
                "rft reward test, with the failed answers as examples",
                "--reward-seconds "
                    + NumberText.of(2 * course.options().reward().timeLimitSeconds())
                    + " if they are time-outs")));
  }

  private static boolean hasFailed(RolloutRow row) {
    return !row.outcome().equals("score") && !row.outcome().equals("abstain");
  }
}
