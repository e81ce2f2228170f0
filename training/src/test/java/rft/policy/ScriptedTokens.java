package rft.policy;

/** Completions that no model drew, for tests outside this package. */
public final class ScriptedTokens {
  private ScriptedTokens() {}

  /** Returns a completion with what its sampler is said to have known. */
  public static SampledTokens of(int[] tokens, float[] logProbs, float[] entropies, boolean ended) {
    return new SampledTokens(tokens, logProbs, entropies, ended);
  }
}
