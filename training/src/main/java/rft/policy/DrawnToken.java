package rft.policy;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * A token with how likely the model held it.
 *
 * @param id the token
 * @param logProb natural logarithm of its probability at temperature 1 over the whole vocabulary;
 *     NaN if it was not asked for
 * @param likeliest the likeliest tokens in its place, likeliest first; empty if not asked for
 */
public record DrawnToken(int id, double logProb, List<Likely> likeliest) {
  public DrawnToken {
    likeliest = List.copyOf(likeliest);
  }

  /**
   * A token that might have come.
   *
   * @param id the token
   * @param logProb as above
   */
  public record Likely(int id, double logProb) {}

  /** Returns a token of which nothing else was asked for. */
  static DrawnToken bare(int id) {
    return new DrawnToken(id, Double.NaN, List.of());
  }

  /**
   * Returns tokens with the results of the program's {@code rank}.
   *
   * @param ids (N)
   * @param ranked log-probs (N), the likeliest's log-probs (N, K) and ids (N, K)
   * @param top how many of the likeliest to keep, at most K
   */
  static List<DrawnToken> list(int[] ids, NDList ranked, int top) {
    float[] logProbs = ranked.get(0).toFloatArray(); // (N)
    float[] values = ranked.get(1).toFloatArray(); // (N, K)
    long[] likely = ranked.get(2).toLongArray(); // (N, K)
    int width = values.length / ids.length;
    List<DrawnToken> tokens = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      List<Likely> likeliest = new ArrayList<>(top);
      for (int j = 0; j < top; j++) {
        likeliest.add(new Likely((int) likely[i * width + j], values[i * width + j]));
      }
      tokens.add(new DrawnToken(ids[i], logProbs[i], likeliest));
    }
    return tokens;
  }
}
