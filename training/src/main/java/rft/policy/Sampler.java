package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Draws completions from one view of a policy, which must not change while the sampler is open.
 *
 * <p>The prompt of a group is prefilled once; finished rows leave the batch; every draw is
 * addressed by a key, so it does not depend on what else is in the batch.
 */
public final class Sampler implements AutoCloseable {
  /**
   * Rows are dropped from the cache when at most this share of them is still running: copying has a
   * price too.
   */
  private static final double COMPACTION_SHARE = 0.75;

  private final Policy policy;
  private final TorchProgram program;
  private final NativeScope scope;
  private final NDList arguments;
  private final Set<Integer> endTokens;

  /**
   * Opens a sampler for one batch at a time.
   *
   * @param endTokens ids that end a completion
   */
  public Sampler(Policy policy, PolicyView view, Set<Integer> endTokens) {
    this(policy, view, endTokens, 1);
  }

  /**
   * Opens a sampler.
   *
   * @param endTokens ids that end a completion
   * @param parts batches that are sampled side by side, as {@link #parts} has it: with several,
   *     each stays on its own thread
   */
  public Sampler(Policy policy, PolicyView view, Set<Integer> endTokens, int parts) {
    this.policy = policy;
    this.program = parts > 1 ? policy.scoringProgram() : policy.program();
    this.scope = policy.scope();
    this.arguments = policy.sampling(view, scope);
    this.endTokens = Set.copyOf(endTokens);
  }

  /**
   * Returns into how many parts prompts are best cut to be sampled by some threads, each part on a
   * thread of its own; 1 if threads had better share the operations of the whole.
   */
  public static int parts(Policy policy, int prompts, int threads) {
    boolean apart =
        policy.threads() == 1 || (policy.decoder().samplesApart() && prompts >= threads);
    return apart ? threads : 1;
  }

  /**
   * A random number in [0, 1) for a draw: row of the batch, position of the token in its
   * completion.
   */
  @FunctionalInterface
  public interface Uniforms {
    double at(int row, int token);
  }

  /**
   * Returns {@code groupSize} completions per prompt: rows of prompt 0 first.
   *
   * @param prompts token ids of each prompt, not empty
   * @param uniforms random numbers; row = prompt index x groupSize + index in the group
   * @param stop asked before each token; true abandons the batch
   * @throws CancellationException if stopped or interrupted
   * @throws IllegalArgumentException if prompt and completion together do not fit the model's
   *     context
   */
  public List<SampledTokens> sample(
      List<int[]> prompts,
      int groupSize,
      SamplingSettings settings,
      Uniforms uniforms,
      BooleanSupplier stop) {
    PaddedPrompts padded = PaddedPrompts.of(prompts);
    int context = policy.config().maxPositions();
    if (padded.width() + settings.maxNewTokens() > context) {
      throw new IllegalArgumentException(
          "a prompt of "
              + padded.width()
              + " tokens and "
              + settings.maxNewTokens()
              + " new ones exceed the context of "
              + context
              + ": shorten the prompt or lower --max-new-tokens");
    }
    try (NativeScope batch = scope.inner()) {
      return new Batch(batch, padded, groupSize, settings, uniforms).run(stop);
    }
  }

  /** One batch in flight. */
  private final class Batch {
    private final NativeScope scope;
    private final PaddedPrompts prompts;
    private final SamplingSettings settings;
    private final Uniforms uniforms;
    private final SampledRow[] rows;
    private List<SampledRow> inCache = new ArrayList<>();
    private final RowCache cache;

    Batch(
        NativeScope scope,
        PaddedPrompts prompts,
        int groupSize,
        SamplingSettings settings,
        Uniforms uniforms) {
      this.scope = scope;
      this.prompts = prompts;
      this.settings = settings;
      this.uniforms = uniforms;
      this.rows = new SampledRow[prompts.count() * groupSize];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = new SampledRow(i, i / groupSize, settings.maxNewTokens());
        inCache.add(rows[i]);
      }
      this.cache =
          new RowCache(scope, program, inCache.stream().mapToInt(row -> row.prompt).toArray());
    }

    List<SampledTokens> run(BooleanSupplier stop) {
      NDArray logits = prefill();
      for (int token = 0; token < settings.maxNewTokens(); token++) {
        if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
          throw new CancellationException("sampling stopped");
        }
        try (NativeScope step = scope.inner()) {
          draw(step, step.keep(logits), token);
          long running = inCache.stream().filter(row -> !row.done).count();
          if (running == 0 || token + 1 == settings.maxNewTokens()) {
            break;
          }
          if (running <= COMPACTION_SHARE * inCache.size()) {
            compact(step);
          }
          logits = scope.keep(decode(step, token));
        }
      }
      List<SampledTokens> sampled = new ArrayList<>(rows.length);
      for (SampledRow row : rows) {
        sampled.add(row.result());
      }
      return sampled;
    }

    private NDArray prefill() {
      long count = prompts.count();
      long width = prompts.width();
      try (NativeScope inner = scope.inner()) {
        NDList in =
            NativeScope.list(
                inner.longs("ids", prompts.ids(), count, width),
                inner.longs("positions", prompts.positions(), count, width),
                inner.floats("mask", prompts.mask(), count, 1, width, width),
                arguments);
        NDList out = inner.call(program, "prefill", false, in);
        boolean shares = policy.decoder().sharesPrompts() && rows.length > count;
        cache.fill(inner, settings.maxNewTokens(), out.subList(1, out.size()), shares);
        NDArray logits = NativeScope.named(out.get(0), "cache[]");
        NDList rowsOf = NativeScope.list(cache.rows(inner), logits);
        return scope.keep(inner.call(program, "select", false, rowsOf).get(0));
      }
    }

    /** Draws one token for every row in the cache; rows that are done ignore theirs. */
    private void draw(NativeScope step, NDArray logits, int token) {
      int count = inCache.size();
      double[] u = new double[count];
      for (int i = 0; i < count; i++) {
        u[i] = uniforms.at(inCache.get(i).index, token);
      }
      NDArray uniform = step.doubles("uniforms", u, count, 1);
      NativeScope.named(logits, "logits");
      NDList drawn;
      if (settings.isGreedy()) {
        drawn = step.call(program, "greedy", false, NativeScope.list(logits));
      } else {
        NDArray temperature =
            step.floats("temperature", new float[] {(float) settings.temperature()}, 1);
        NDList in = NativeScope.list(logits, uniform, temperature);
        if (settings.isFiltered()) {
          long k = settings.topK() == 0 ? policy.config().vocabulary() : settings.topK();
          in.add(step.floats("top_p", new float[] {(float) settings.topP()}, 1));
          in.add(step.longs("top_k", new long[] {k}, 1));
        }
        drawn = step.call(program, settings.isFiltered() ? "sample_filtered" : "sample", false, in);
      }
      long[] tokens = drawn.get(0).toLongArray(); // (R)
      float[] logProbs = drawn.get(1).toFloatArray(); // (R)
      float[] entropies = drawn.get(2).toFloatArray(); // (R)
      for (int i = 0; i < count; i++) {
        inCache.get(i).add((int) tokens[i], logProbs[i], entropies[i], endTokens);
      }
    }

    private void compact(NativeScope step) {
      int[] running =
          IntStream.range(0, inCache.size()).filter(i -> !inCache.get(i).done).toArray();
      cache.keep(step, running);
      inCache = Arrays.stream(running).mapToObj(inCache::get).toList();
    }

    /** Feeds the token just drawn; returns the logits of the next one: (R, V). */
    private NDArray decode(NativeScope step, int token) {
      int count = inCache.size();
      long[] ids = new long[count];
      long[] positions = new long[count];
      for (int i = 0; i < count; i++) {
        SampledRow row = inCache.get(i);
        ids[i] = row.last();
        positions[i] = (long) prompts.length(row.prompt) + token;
      }
      NDArray input = step.longs("ids", ids, count, 1);
      NDArray place = step.longs("positions", positions, count, 1);
      if (!cache.sharesPrompts()) {
        NDArray mask = mask(step, inCache.stream().map(row -> row.prompt).toList(), token + 1);
        NDList in = NativeScope.list(input, place, mask, cache.arrays(), arguments);
        return step.call(program, "decode", false, in).get(0);
      }
      PromptGroups groups = cache.groups();
      long[] spread = groups.spread();
      long[] home = groups.home();
      NDList in =
          NativeScope.list(
              input,
              place,
              mask(step, groups.prompts(), 0),
              step.length("room", token + 1),
              step.longs("spread", spread, spread.length),
              step.longs("home", home, home.length),
              cache.arrays(),
              arguments);
      return step.call(program, "decode_grouped", false, in).get(0);
    }

    /** Hides the padding of some prompts, with columns behind them: (B, 1, 1, width + behind). */
    private NDArray mask(NativeScope step, List<Integer> of, int behind) {
      int length = prompts.width() + behind;
      float[] mask = new float[of.size() * length];
      for (int i = 0; i < of.size(); i++) {
        prompts.maskPadding(of.get(i), mask, i * length);
      }
      return step.floats("mask", mask, of.size(), 1, 1, length);
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
