package rft.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Log-probs and entropies of the tokens of some completions.
 *
 * @param logProbs per row and token: natural log-probability at the scoring temperature, full
 *     vocabulary
 * @param entropies per row and token: entropy in nats of the same distribution
 */
public record TokenScores(List<float[]> logProbs, List<float[]> entropies) {
  public TokenScores {
    logProbs = List.copyOf(logProbs);
    entropies = List.copyOf(entropies);
  }

  static TokenScores split(float[] logProbs, float[] entropies, List<Scorer.Row> rows) {
    List<float[]> rowLogProbs = new ArrayList<>(rows.size());
    List<float[]> rowEntropies = new ArrayList<>(rows.size());
    int at = 0;
    for (Scorer.Row row : rows) {
      int end = at + row.tokens().length();
      rowLogProbs.add(Arrays.copyOfRange(logProbs, at, end));
      rowEntropies.add(Arrays.copyOfRange(entropies, at, end));
      at = end;
    }
    return new TokenScores(rowLogProbs, rowEntropies);
  }
}
