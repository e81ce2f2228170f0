package rft.gguf;

import java.nio.ByteBuffer;

/** The blocks whose 4-bit values are indices into a table of uneven steps. */
final class UnevenBlocks {
  private static final int[] STEPS = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };
  private static final int HALF = 16;

  private UnevenBlocks() {}

  /** Scale (f16), 16 bytes of indices. */
  static void small(ByteBuffer in, int from, float[] out, int to) {
    steps(in, from + 2, PlainValues.half(in, from), out, to);
  }

  /**
   * Scale (f16); upper 2 bits of 8 scales in 16 bits; lower 4 bits of them in 4 bytes; 8 times 16
   * bytes of indices.
   */
  static void large(ByteBuffer in, int from, float[] out, int to) {
    float scale = PlainValues.half(in, from);
    int upper = in.getShort(from + 2);
    for (int part = 0; part < 8; part++) {
      int lower = in.get(from + 4 + part / 2) >> (part % 2 * 4) & 15;
      int own = (lower | ((upper >> (2 * part)) & 3) << 4) - 32;
      steps(in, from + 8 + part * HALF, scale * own, out, to + part * 2 * HALF);
    }
  }

  private static void steps(ByteBuffer in, int from, float scale, float[] out, int to) {
    for (int i = 0; i < HALF; i++) {
      int pair = in.get(from + i);
      out[to + i] = scale * STEPS[pair & 15];
      out[to + i + HALF] = scale * STEPS[(pair >> 4) & 15];
    }
  }
}
