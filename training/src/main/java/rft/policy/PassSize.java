package rft.policy;

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
    boolean gpu = policy.decoder().manager().getDevice().isGpu();
    long budget = gpu ? GPU_BYTES : CPU_BYTES;
    return (int) Math.max(1, Math.min(1 << 20, budget / bytesPerToken(policy.config())));
  }

  /** Returns what the layers keep of a token for the way back: float32 inputs of each operation. */
  static long bytesPerToken(ModelConfig config) {
    long heads = config.heads() + 2L * config.kvHeads();
    long values = 12L * config.hidden() + 5L * config.intermediate() + 4 * heads * config.headDim();
    return (long) Float.BYTES * config.layers() * values;
  }
}
