package rft.policy;

import ai.djl.Device;

/** How much of a micro-batch a backward pass keeps in memory. */
public final class PassSize {
  /** Enough for multiplications to run at full speed, and no more than that. */
  public static final long CPU_BYTES = 3L << 29;

  private static final long GPU_BYTES = 8L << 30;

  /**
   * Larger blocks are fetched from the system and given back to it each time, which costs as much
   * as what is done with them (glibc keeps no block of 32 MiB and more).
   */
  private static final long LOGITS_BYTES = 24L << 20;

  private static final int MOST_SCORED = 256;
  private static final int LEAST_SCORED = 16;

  private PassSize() {}

  /** Returns for how many tokens logits are made at a time. */
  public static int scoredAtOnce(ModelConfig config) {
    long fitting = LOGITS_BYTES / Float.BYTES / config.vocabulary();
    return (int) Math.max(LEAST_SCORED, Math.min(MOST_SCORED, fitting));
  }

  /**
   * Returns the tokens of one pass. A small model has no limit: what it keeps is small, and rows
   * are bounded by the options of a run.
   */
  static int tokens(Policy policy) {
    if (!policy.isFused()) {
      return Integer.MAX_VALUE;
    }
    Device device = policy.decoder().manager().getDevice();
    boolean halves = ProcessorTraits.keepsHalves(policy.precision(), device);
    long budget = device.isGpu() ? GPU_BYTES : CPU_BYTES;
    return (int) Math.max(1, Math.min(1 << 20, budget / bytesPerToken(policy.config(), halves)));
  }

  /**
   * Returns the bytes that a token takes on the way there and back, all layers together: inputs of
   * operations that are kept, and a layer's gradients. Measured within an eighth, for completions
   * about as long as their prompts.
   *
   * @param halves whether what feed-forward keeps is in 2 bytes, else all is float32
   */
  public static long bytesPerToken(ModelConfig config, boolean halves) {
    long heads = config.heads() + 2L * config.kvHeads();
    long hidden = (halves ? 6L : 7L) * config.hidden();
    long intermediate = (halves ? 2L : 4L) * config.intermediate();
    return (long) Float.BYTES
        * config.layers()
        * (hidden + intermediate + 4 * heads * config.headDim());
  }
}
