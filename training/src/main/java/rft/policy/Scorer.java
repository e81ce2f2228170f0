package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import rft.prompt.Tokens;

/**
 * Computes log-probs of given completions, and gradients of any function of those log-probs.
 *
 * <p>The prompt of a group is computed once and shared by its completions; logits exist only for
 * scored tokens.
 */
public final class Scorer {
  private final Policy policy;
  private final double temperature;

  /**
   * Makes a scorer.
   *
   * @param temperature divides the logits, as the sampler did; 0 (greedy) scores at 1
   */
  public Scorer(Policy policy, double temperature) {
    this.policy = policy;
    this.temperature = temperature == 0 ? 1 : temperature;
  }

  /**
   * A completion to score.
   *
   * @param prompt index into the prompts
   * @param tokens the completion, at least one token
   */
  public record Row(int prompt, Tokens tokens) {
    /** Returns the row of a completion with these token ids. */
    public static Row of(int prompt, int... tokens) {
      return new Row(prompt, Tokens.of(tokens));
    }
  }

  /**
   * Returns log-prob and entropy of every token of every row, without a way back.
   *
   * @param prompts token ids of each prompt
   * @throws IllegalArgumentException if prompt and completion together do not fit the model's
   *     context
   */
  public TokenScores score(PolicyView view, List<int[]> prompts, List<Row> rows) {
    try (Scored scored = forward(view, prompts, rows, false)) {
      return scored.scores();
    }
  }

  /**
   * Returns log-prob and entropy of every token, keeping what {@link Scored#gradient} needs until
   * it is closed.
   */
  public Scored forward(List<int[]> prompts, List<Row> rows) {
    return forward(PolicyView.TUNED, prompts, rows, true);
  }

  private Scored forward(PolicyView view, List<int[]> prompts, List<Row> rows, boolean gradients) {
    NativeScope scope = policy.scope();
    boolean done = false;
    try {
      int context = policy.config().maxPositions();
      ScoringBatch batch = new ScoringBatch(PaddedPrompts.of(prompts), rows, context);
      NDArray divisor = scope.floats("temperature", new float[] {(float) temperature}, 1);
      NDList in = NativeScope.list(batch.arrays(scope), divisor, policy.arguments(view));
      NDList out = scope.call(policy.program(), "score", gradients, in);
      Scored scored = new Scored(scope, out, rows);
      done = true;
      return scored;
    } finally {
      if (!done) {
        scope.close();
      }
    }
  }

  /** Scores whose computation can still be differentiated; holds native memory until closed. */
  public final class Scored implements AutoCloseable {
    private final NativeScope scope;
    private final NDArray logProbs; // (N) all tokens of all rows
    private final TokenScores scores;

    private Scored(NativeScope scope, NDList out, List<Row> rows) {
      this.scope = scope;
      this.logProbs = out.get(0);
      this.scores = TokenScores.split(out.get(0).toFloatArray(), out.get(1).toFloatArray(), rows);
    }

    /** Returns the scores. */
    public TokenScores scores() {
      return scores;
    }

    /**
     * Adds to {@code total} the gradient of sum(weight x log-prob) with respect to what the policy
     * trains.
     *
     * @param weights one weight per row and token, the derivative of the loss with respect to that
     *     log-prob
     */
    public void gradient(double[][] weights, GradientTotal total) {
      float[] flat = new float[(int) logProbs.size()];
      int at = 0;
      for (double[] row : weights) {
        for (double weight : row) {
          flat[at++] = (float) weight;
        }
      }
      if (at != flat.length) {
        throw new IllegalArgumentException(
            at + " weights given for " + flat.length + " scored tokens");
      }
      NDArray cotangent = scope.floats("weights[]", flat, flat.length);
      List<NDArray> parameters = new ArrayList<>(policy.trainable().values());
      NDList in = NativeScope.list(NativeScope.named(logProbs, "outputs[]"), cotangent, parameters);
      total.add(scope.call(policy.program(), "gradient", true, in));
    }

    @Override
    public void close() {
      scope.close();
    }
  }
}
