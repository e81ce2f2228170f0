package rft.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.loop.Evaluation;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.Verdict;

/**
 * What a reward said of many completions.
 *
 * @param completions how many there are
 * @param scored those that got a score
 * @param fullMarks those that got 1 or more
 * @param abstained those it did not apply to
 * @param failures the others, by kind
 * @param mean of the scores; null if there are none
 * @param std of the scores, divided by their number; null if there are none
 * @param withStored how it agrees with what was said when they were sampled; null if nothing was
 */
public record TrialSummary(
    int completions,
    int scored,
    int fullMarks,
    int abstained,
    Map<String, Integer> failures,
    @Nullable Double mean,
    @Nullable Double std,
    @Nullable Agreement withStored) {
  private static final double EQUAL = 1e-9;

  public TrialSummary {
    failures = new TreeMap<>(failures);
  }

  /**
   * How a reward agrees with what was said before, on the completions that both scored.
   *
   * @param both completions that both scored
   * @param equal those of the same score
   * @param passedByBoth those with full marks both times
   * @param gained those with full marks from this reward alone
   * @param lost those with full marks before alone
   * @param meanDifference mean of this score minus the one before; null if there is none
   */
  public record Agreement(
      int both,
      int equal,
      int passedByBoth,
      int gained,
      int lost,
      @Nullable Double meanDifference) {}

  static TrialSummary of(List<RewardTry.Row> rows) {
    List<Verdict> verdicts = rows.stream().map(RewardTry.Row::verdict).toList();
    double[] scores = verdicts.stream().flatMapToDouble(v -> v.reward().stream()).toArray();
    double mean = mean(scores);
    double[] squares = Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).toArray();
    Map<String, Integer> failures =
        verdicts.stream()
            .filter(Failure.class::isInstance)
            .map(verdict -> ((Failure) verdict).kind().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toMap(kind -> kind, kind -> 1, Integer::sum));
    return new TrialSummary(
        verdicts.size(),
        scores.length,
        (int) verdicts.stream().filter(TrialSummary::passes).count(),
        (int) verdicts.stream().filter(Abstain.class::isInstance).count(),
        failures,
        scores.length == 0 ? null : mean,
        scores.length == 0 ? null : Math.sqrt(mean(squares)),
        agreement(rows));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static boolean passes(Verdict verdict) {
    return verdict.reward().orElse(0) >= Evaluation.FULL_MARKS;
  }

  private static @Nullable Agreement agreement(List<RewardTry.Row> rows) {
    int known = 0;
    int both = 0;
    int equal = 0;
    int passedByBoth = 0;
    int gained = 0;
    int lost = 0;
    double difference = 0;
    for (RewardTry.Row row : rows) {
      Verdict other = row.before();
      if (other == null) {
        continue;
      }
      known++;
      boolean mine = passes(row.verdict());
      boolean theirs = passes(other);
      passedByBoth += mine && theirs ? 1 : 0;
      gained += mine && !theirs ? 1 : 0;
      lost += !mine && theirs ? 1 : 0;
      if (row.verdict().reward().isPresent() && other.reward().isPresent()) {
        double gap = row.verdict().reward().getAsDouble() - other.reward().getAsDouble();
        both++;
        equal += Math.abs(gap) <= EQUAL ? 1 : 0;
        difference += gap;
      }
    }
    return known == 0
        ? null
        : new Agreement(
            both, equal, passedByBoth, gained, lost, both == 0 ? null : difference / both);
  }
}
