package rft.memory;

import rft.policy.Devices;
import rft.policy.ModelConfig;
import rft.policy.PassSize;
import rft.policy.Precision;

/**
 * An estimate of the memory that a model takes, in bytes, from its sizes alone: what is computed
 * with beside it (program, Java, buffers of the engine) is not in it.
 *
 * <pre>
 * weights     = parameters x bytes of a weight
 * cache       = rows x length x layers x 2 x kvHeads x headDim x 4
 * logits      = 3 x rows x vocabulary x 4
 * packed      = weights where the processor samples with a copy in another order, else 0
 * tables      = 2 x positions x headDim x 4
 * sampling    = weights + tables + packed + cache + logits
 *
 * adapter     = 16 x rank x layers x (sum over the projections of inputs + outputs)
 *               value, gradient and the two moments of Adam, 4 bytes each
 * widened     = weights of the layers x 4: half-precision ones are widened for the way back
 * kept        = passTokens x layers x 4 x (7 hidden + 4 intermediate + 4 (heads + 2 kvHeads) headDim)
 * scored      = min(microBatch x newTokens, tokens whose logits are made at a time)
 * activations = min(kept, threads x 1.5 GiB) + 4 x scored x 4 x vocabulary
 * training    = weights + tables + packed + adapter + max(cache + logits, activations + widened)
 *               in float32: weights + tables + adapter + max(packed + cache + logits, activations), as the
 *               adapter is added into the copy, which is there while it samples
 * </pre>
 *
 * <p>{@code passTokens} are those of one micro-batch, whose groups have one prompt each; the cache
 * has a prompt for every row, as on a GPU (else a group has its prompt once). What is kept is what
 * the way back needs of every layer, in float32: a pass is cut where it is more than {@link
 * PassSize#CPU_BYTES}. Logits are made for a few tokens at a time, if at all.
 *
 * @param weights of the model in memory
 * @param tables of rotary embedding, for every position of the context
 * @param sampling the peak while it samples
 * @param training the peak while a LoRA adapter on every projection is trained
 * @param cachePerToken keys and values of one token of one row
 * @param adapter the adapter with gradient and moments
 * @param activations of one micro-batch
 */
public record MemoryNeed(
    long weights,
    long tables,
    long sampling,
    long training,
    long cachePerToken,
    long adapter,
    long activations) {
  private static final int FLOAT = 4;

  /** Value, gradient and two moments. */
  private static final int TRAINED = 4 * FLOAT;

  /**
   * Returns the estimate for a model whose weights are held in a precision.
   *
   * @param device {@code cpu}, which is this machine's, or {@code cuda:N}
   */
  public static MemoryNeed of(
      ModelConfig model, Precision precision, String device, Workload work) {
    long weights = weights(model, precision.bytes());
    long perToken = 2L * FLOAT * model.layers() * model.kvHeads() * model.headDim();
    long cache = perToken * work.rows() * work.length();
    long logits = 3L * FLOAT * work.rows() * model.vocabulary();
    long adapter = (long) TRAINED * work.rank() * model.layers() * ends(model);
    long activations = activations(model, work);
    long ofTokens = (model.tied() ? 1L : 2L) * model.vocabulary() * model.hidden();
    long widened = FLOAT * (model.parameters() - ofTokens);
    long tables = tables(model);
    long packed = Devices.packs(model, precision, device) ? weights : 0;
    long sampling = packed + cache + logits;
    return new MemoryNeed(
        weights,
        tables,
        weights + tables + sampling,
        weights
            + tables
            + adapter
            + Math.max(sampling, activations + (precision == Precision.F32 ? 0 : packed + widened)),
        perToken,
        adapter,
        activations);
  }

  /** Returns what the weights alone take in memory. */
  public static long weights(ModelConfig model, int bytesPerWeight) {
    return model.parameters() * bytesPerWeight;
  }

  /** Returns what the cosines and sines of every position take in memory. */
  static long tables(ModelConfig model) {
    return 2L * FLOAT * model.maxPositions() * model.headDim();
  }

  /** Returns the inputs and outputs of a layer's seven projections, added up. */
  private static long ends(ModelConfig model) {
    long query = (long) model.heads() * model.headDim();
    long keys = (long) model.kvHeads() * model.headDim();
    long attention = 2 * (model.hidden() + query) + 2 * (model.hidden() + keys);
    return attention + 3L * (model.hidden() + model.intermediate());
  }

  private static long activations(ModelConfig model, Workload work) {
    long kept = work.passTokens() * PassSize.bytesPerToken(model, false);
    long scored =
        Math.min((long) work.microBatch() * work.newTokens(), PassSize.scoredAtOnce(model));
    return Math.min(kept, work.threads() * PassSize.CPU_BYTES)
        + 4L * FLOAT * scored * model.vocabulary();
  }
}
