package rft.policy;

import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One of several sets of weights to sample with beside each other: a policy's own, those with an
 * adapter added in, or others in place of all. Independent of what the policy trains; holds native
 * memory until closed, which is before the policy is.
 */
public final class Variant implements AutoCloseable {
  private final Policy policy;
  private final NativeScope scope;
  private final NDList arguments;

  private Variant(Policy policy, NativeScope scope, NDList weights) {
    this.policy = policy;
    this.scope = scope;
    this.arguments = NativeScope.list(policy.decoder().ropeTables(), weights);
  }

  /** How weights and adapter of a variant come about; what it allocates belongs to the scope. */
  @FunctionalInterface
  private interface Making {
    NDList weights(NativeScope scope);
  }

  private static Variant make(Policy policy, Making making) {
    NativeScope scope = policy.scope();
    boolean done = false;
    try {
      Variant variant = new Variant(policy, scope, making.weights(scope));
      done = true;
      return variant;
    } finally {
      if (!done) {
        scope.close();
      }
    }
  }

  /** Returns the policy's base weights; all variants share the one copy of them. */
  public static Variant base(Policy policy) {
    return make(
        policy,
        scope ->
            NativeScope.list(policy.decoder().samplingWeights(), policy.decoder().noAdapter()));
  }

  /**
   * Returns the base weights with an adapter added in. The projections that it corrects exist once
   * more.
   *
   * @param state values by PEFT name, row-major
   * @throws IllegalArgumentException if a value is missing or has another length, naming it
   */
  public static Variant adapted(Policy policy, AdapterShape shape, Map<String, float[]> state) {
    return make(
        policy,
        scope -> {
          try (NativeScope loading = scope.inner()) {
            Decoder decoder = policy.decoder();
            Adapter adapter = Adapter.create(decoder, loading.manager(), shape, 0);
            adapter
                .trainable()
                .forEach(
                    (name, array) ->
                        policy
                            .program()
                            .assign(
                                array, Policy.fitting(name, Shapes.of(array), state.get(name))));
            return decoder.withAdapter(scope, adapter.arrays());
          }
        });
  }

  /**
   * Returns other weights in place of all.
   *
   * @param weights values by Hugging Face name, row-major
   * @throws IllegalArgumentException if one is missing or has another length, naming it
   */
  public static Variant replaced(Policy policy, Map<String, float[]> weights) {
    Decoder decoder = policy.decoder();
    return make(
        policy,
        scope ->
            NativeScope.list(
                decoder.create(
                    scope, (name, shape) -> Policy.fitting(name, shape, weights.get(name))),
                decoder.noAdapter()));
  }

  /** Returns the policy it belongs to. */
  Policy policy() {
    return policy;
  }

  /** Returns the program's last arguments: rotary tables, weights, no adapter. */
  NDList arguments() {
    return arguments;
  }

  /**
   * Returns how likely each token of a text was, and the likeliest in its place.
   *
   * @param tokens two at least, no more than the context
   * @param top how many of the likeliest, at least 0
   * @return one for each token but the first, which nothing comes before
   */
  public List<DrawnToken> rank(int[] tokens, int top) {
    return rank(tokens, top, PromptBlock.CHUNK);
  }

  List<DrawnToken> rank(int[] tokens, int top, int chunk) {
    int fed = tokens.length;
    if (fed < 2 || fed > policy.config().maxPositions()) {
      throw new IllegalArgumentException(
          "a text of %d tokens cannot be scored: it needs 2 to %d"
              .formatted(fed, policy.config().maxPositions()));
    }
    try (NativeScope inner = policy.scope()) {
      PromptBlock block = PromptBlock.of(List.of(tokens));
      long[] targets = Arrays.stream(tokens, 1, fed).asLongStream().toArray();
      NDList in =
          NativeScope.list(
              inner.longs("ids", block.ids(), 1, fed),
              inner.length("chunk", chunk),
              inner.longs("targets", targets, targets.length),
              inner.length("top", Math.max(1, top)),
              arguments);
      NDList out = inner.call(policy.program(), "rank_all", false, in);
      return DrawnToken.list(Arrays.stream(tokens, 1, fed).toArray(), out, top);
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
