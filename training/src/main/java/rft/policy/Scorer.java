package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
  private final int tokensPerPass;

  /**
   * Makes a scorer.
   *
   * @param temperature divides the logits, as the sampler did; 0 (greedy) scores at 1
   */
  public Scorer(Policy policy, double temperature) {
    this(policy, temperature, PassSize.tokens(policy));
  }

  Scorer(Policy policy, double temperature, int tokensPerPass) {
    this.policy = policy;
    this.temperature = temperature == 0 ? 1 : temperature;
    this.tokensPerPass = tokensPerPass;
  }

  /**
   * Returns the tokens, prompts included, whose activations are kept for one backward pass; of a
   * longer batch only the inputs of each layer are, and the rest is computed once more.
   */
  public int tokensPerPass() {
    return tokensPerPass;
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
      Computed computed =
          policy.isFused()
              ? packed(scope, view, prompts, rows, gradients)
              : padded(scope, view, prompts, rows, gradients);
      Scored scored = new Scored(scope, computed, rows);
      done = true;
      return scored;
    } finally {
      if (!done) {
        scope.close();
      }
    }
  }

  /**
   * What a forward pass left behind.
   *
   * @param logProbs (N) of all tokens of all rows
   * @param entropies (N)
   * @param root where back-propagation begins: the log-probs, or the hidden states (N, H)
   * @param slope derivative of each log-prob by its hidden state (N, H); null if the root is the
   *     log-probs
   * @param layers the way back where activations were not kept; null where they were
   */
  private record Computed(
      NDArray logProbs,
      NDArray entropies,
      NDArray root,
      @Nullable NDArray slope,
      @Nullable LayerwisePass layers) {}

  private Computed padded(
      NativeScope scope, PolicyView view, List<int[]> prompts, List<Row> rows, boolean gradients) {
    int context = policy.config().maxPositions();
    ScoringBatch batch = new ScoringBatch(PaddedPrompts.of(prompts), rows, context);
    NDList in = NativeScope.list(batch.arrays(scope), divisor(scope), policy.arguments(view));
    NDList out = scope.call(policy.scoringProgram(), "score", gradients, in);
    return new Computed(out.get(0), out.get(1), out.get(0), null, null);
  }

  /**
   * Logits are made for a few tokens at a time and never kept: what back-propagation needs of them
   * is the derivative by the hidden state, which is summed up while they are there.
   */
  private Computed packed(
      NativeScope scope, PolicyView view, List<int[]> prompts, List<Row> rows, boolean gradients) {
    PackedBatch batch = new PackedBatch(prompts, rows, policy.config().maxPositions());
    NDList arguments = policy.arguments(view);
    NDList in = NativeScope.list(batch.arrays(scope), arguments);
    boolean layerwise = gradients && batch.tokens() > tokensPerPass;
    LayerwisePass layers = layerwise ? new LayerwisePass(policy, scope, in) : null;
    NDArray hidden =
        layers == null
            ? scope.call(policy.scoringProgram(), "score_packed", gradients, in).get(0)
            : layers.hidden();
    NDList out =
        scope.call(
            policy.scoringProgram(),
            "likelihood",
            false,
            NativeScope.list(
                NativeScope.named(hidden, "hidden"),
                batch.targets(scope),
                divisor(scope),
                scope.length("wanted", gradients ? 1 : 0),
                policy.decoder().weights()));
    return new Computed(out.get(0), out.get(1), hidden, out.get(2), layers);
  }

  private NDArray divisor(NativeScope scope) {
    return scope.floats("temperature", new float[] {(float) temperature}, 1);
  }

  /** Scores whose computation can still be differentiated; holds native memory until closed. */
  public final class Scored implements AutoCloseable {
    private final NativeScope scope;
    private final Computed computed;
    private final TokenScores scores;

    private Scored(NativeScope scope, Computed computed, List<Row> rows) {
      this.scope = scope;
      this.computed = computed;
      this.scores =
          TokenScores.split(
              computed.logProbs().toFloatArray(), computed.entropies().toFloatArray(), rows);
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
      float[] flat = new float[(int) computed.logProbs().size()];
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
      List<NDArray> parameters = new ArrayList<>(policy.trainable().values());
      NDArray slope = computed.slope();
      if (slope == null) {
        NDArray cotangent = scope.floats("weights[]", flat, flat.length);
        NDArray root = NativeScope.named(computed.root(), "outputs[]");
        NDList in = NativeScope.list(root, cotangent, parameters);
        total.add(scope.call(policy.scoringProgram(), "gradient", true, in));
      } else {
        NDArray weight = scope.floats("weights", flat, flat.length);
        LayerwisePass layers = computed.layers();
        if (layers != null) {
          total.add(layers.gradient(weight, NativeScope.named(slope, "slope")));
          return;
        }
        NDArray root = NativeScope.named(computed.root(), "hidden");
        NDArray by = NativeScope.named(slope, "slope");
        NDList in = NativeScope.list(weight, root, by, parameters);
        total.add(scope.call(policy.scoringProgram(), "gradient_packed", true, in));
      }
    }

    @Override
    public void close() {
      scope.close();
    }
  }
}
