package rft.policy;

import java.util.List;

/**
 * Prompts of different lengths as one rectangle, padded on the right: what stands behind a prompt
 * is never seen from within it.
 */
record PromptBlock(List<int[]> prompts, int width) {
  /** Columns computed at once: attention needs memory for these times all before them. */
  static final int CHUNK = 512;

  static PromptBlock of(List<int[]> prompts) {
    int width = 0;
    for (int[] prompt : prompts) {
      if (prompt.length == 0) {
        throw new IllegalArgumentException(
            "a prompt has no tokens: it needs at least one to continue from");
      }
      width = Math.max(width, prompt.length);
    }
    return new PromptBlock(prompts, width);
  }

  /** Returns the ids, 0 as padding: (B, W). */
  long[] ids() {
    long[] ids = new long[prompts.size() * width];
    for (int i = 0; i < prompts.size(); i++) {
      int[] prompt = prompts.get(i);
      for (int j = 0; j < prompt.length; j++) {
        ids[i * width + j] = prompt[j];
      }
    }
    return ids;
  }

  /** Returns where in the flattened rectangle each prompt ends: (B). */
  long[] last() {
    long[] last = new long[prompts.size()];
    for (int i = 0; i < last.length; i++) {
      last[i] = (long) i * width + prompts.get(i).length - 1;
    }
    return last;
  }
}
