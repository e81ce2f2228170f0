package rft.run;

/**
 * How often a run writes a checkpoint.
 *
 * @param every steps between checkpoints; 0 chooses by size: every step while a checkpoint is
 *     smaller than {@link #SMALL_BYTES}, else every 10
 */
public record CheckpointOptions(int every) {
  /** Below this size a checkpoint costs less than the step it saves. */
  public static final long SMALL_BYTES = 16L << 20;

  public CheckpointOptions {
    Bounds.atLeast("checkpoint every", every, 0, "0 chooses by the size of a checkpoint");
  }

  /** Returns the choice by size. */
  public static CheckpointOptions standard() {
    return new CheckpointOptions(0);
  }

  /**
   * Returns true if a checkpoint is due after this step.
   *
   * @param sizeBytes size of one checkpoint
   */
  public boolean isDue(int step, long sizeBytes) {
    int interval = every > 0 ? every : sizeBytes < SMALL_BYTES ? 1 : 10;
    return step % interval == 0;
  }
}
