package rft.memory;

/**
 * The size of the work that memory is estimated for.
 *
 * @param rows completions sampled side by side
 * @param groupSize completions of one prompt
 * @param promptTokens of a prompt
 * @param newTokens of a completion
 * @param microBatch completions of one forward and backward pass
 * @param rank of the LoRA adapter on every projection
 * @param threads that share out a micro-batch
 */
public record Workload(
    int rows,
    int groupSize,
    int promptTokens,
    int newTokens,
    int microBatch,
    int rank,
    int threads) {
  /** Makes a workload. */
  public Workload {
    require("rows", rows);
    require("groupSize", groupSize);
    require("promptTokens", promptTokens);
    require("newTokens", newTokens);
    require("microBatch", microBatch);
    require("rank", rank);
    require("threads", threads);
  }

  private static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " (" + value + ") must be at least 1");
    }
  }

  /** Returns the tokens of a prompt with its completion. */
  public int length() {
    return promptTokens + newTokens;
  }

  /** Returns the tokens that one forward and backward pass computes: a group has one prompt. */
  long passTokens() {
    long prompts = (microBatch + groupSize - 1L) / groupSize;
    return prompts * promptTokens + (long) microBatch * newTokens;
  }
}
