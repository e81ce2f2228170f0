package rft.policy;

import java.util.List;

/**
 * Prompts of different lengths as one rectangle, padded on the left so that they all end in the
 * same column.
 *
 * <p>Masks are added to attention scores: 0 where a key may be seen, {@link #HIDDEN} where not.
 */
final class PaddedPrompts {
  /** Large enough to vanish in the softmax, small enough that a fully hidden row stays finite. */
  static final float HIDDEN = -1e9f;

  private final List<int[]> prompts;
  private final int width;

  private PaddedPrompts(List<int[]> prompts, int width) {
    this.prompts = prompts;
    this.width = width;
  }

  static PaddedPrompts of(List<int[]> prompts) {
    if (prompts.isEmpty()) {
      throw new IllegalArgumentException("there is no prompt");
    }
    int width = 0;
    for (int[] prompt : prompts) {
      if (prompt.length == 0) {
        throw new IllegalArgumentException(
            "a prompt has no tokens: it needs at least one to continue from");
      }
      width = Math.max(width, prompt.length);
    }
    return new PaddedPrompts(List.copyOf(prompts), width);
  }

  int count() {
    return prompts.size();
  }

  int width() {
    return width;
  }

  int length(int prompt) {
    return prompts.get(prompt).length;
  }

  private int padding(int prompt) {
    return width - length(prompt);
  }

  /** Returns the ids, 0 as padding: (B, P). */
  long[] ids() {
    long[] ids = new long[count() * width];
    for (int i = 0; i < count(); i++) {
      int[] prompt = prompts.get(i);
      for (int j = 0; j < prompt.length; j++) {
        ids[i * width + padding(i) + j] = prompt[j];
      }
    }
    return ids;
  }

  /** Returns the position of each token in its own prompt, 0 for padding: (B, P). */
  long[] positions() {
    long[] positions = new long[count() * width];
    for (int i = 0; i < count(); i++) {
      for (int j = padding(i); j < width; j++) {
        positions[i * width + j] = (long) j - padding(i);
      }
    }
    return positions;
  }

  /** Returns the causal mask that also hides padding: (B, 1, P, P). */
  float[] mask() {
    float[] mask = new float[count() * width * width];
    for (int i = 0; i < count(); i++) {
      for (int query = 0; query < width; query++) {
        for (int key = 0; key < width; key++) {
          if (key > query || key < padding(i)) {
            mask[(i * width + query) * width + key] = HIDDEN;
          }
        }
      }
    }
    return mask;
  }

  /** Hides the padding of one prompt in the mask row that starts at an offset. */
  void maskPadding(int prompt, float[] mask, int offset) {
    java.util.Arrays.fill(mask, offset, offset + padding(prompt), HIDDEN);
  }
}
