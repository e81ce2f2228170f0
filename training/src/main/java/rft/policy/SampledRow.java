package rft.policy;

import java.util.Arrays;
import java.util.Set;

/** One completion being drawn. */
final class SampledRow {
  final int index;
  final int prompt;
  private final int[] tokens;
  private final float[] logProbs;
  private final float[] entropies;
  private int length;
  boolean done;

  SampledRow(int index, int prompt, int limit) {
    this.index = index;
    this.prompt = prompt;
    this.tokens = new int[limit];
    this.logProbs = new float[limit];
    this.entropies = new float[limit];
  }

  void add(int token, float logProb, float entropy, Set<Integer> endTokens) {
    if (done) {
      return;
    }
    tokens[length] = token;
    logProbs[length] = logProb;
    entropies[length] = entropy;
    length++;
    done = endTokens.contains(token);
  }

  int last() {
    return tokens[length - 1];
  }

  SampledTokens result() {
    return new SampledTokens(
        Arrays.copyOf(tokens, length),
        Arrays.copyOf(logProbs, length),
        Arrays.copyOf(entropies, length),
        done);
  }
}
