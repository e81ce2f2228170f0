package rft.reward;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A finite reward.
 *
 * @param value the reward; finite, and at most {@link #LIMIT} in magnitude
 * @param parts value of each named part before weighting, in rubric order; a part that abstained is
 *     absent
 * @param reason one sentence for the reader, or null
 * @param costUsd what obtaining the score cost, in US dollars; 0 for local rules
 */
public record Score(
    double value, Map<String, Double> parts, @Nullable String reason, double costUsd)
    implements Verdict {
  /** Largest magnitude of a reward: beyond it the statistics of a group lose all precision. */
  public static final double LIMIT = 1e6;

  public Score {
    if (!Double.isFinite(value) || Math.abs(value) > LIMIT) {
      throw new IllegalArgumentException(
          "reward (" + value + ") must be finite and within +-" + LIMIT);
    }
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** Returns a score without parts, reason or cost. */
  public static Score of(double value) {
    return new Score(value, Map.of(), null, 0);
  }

  /** Returns a score with the reason for it. */
  public static Score of(double value, String reason) {
    return new Score(value, Map.of(), reason, 0);
  }

  @Override
  public <T> T fold(
      Function<Score, T> score, Function<Abstain, T> abstain, Function<Failure, T> failure) {
    return score.apply(this);
  }
}
