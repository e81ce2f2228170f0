package rft.gguf;

import java.nio.ByteBuffer;

/**
 * The blocks of 256 values ("K"): sub-blocks with small scales of their own, which one or two half
 * floats scale in turn.
 */
final class SuperBlocks {
  private static final int PARTS = 16;
  private static final int PART = 16;

  private SuperBlocks() {}

  /** 16 bytes of scales (lower) and minima (upper), 64 of values, scale and minimum (f16). */
  static void q2(ByteBuffer in, int from, float[] out, int to) {
    float scale = PlainValues.half(in, from + 80);
    float least = PlainValues.half(in, from + 82);
    for (int part = 0; part < PARTS; part++) {
      int own = in.get(from + part);
      float step = scale * (own & 15);
      float base = least * ((own >> 4) & 15);
      int bytes = from + 16 + part / 8 * 32 + part % 2 * PART;
      int shift = part % 8 / 2 * 2;
      for (int i = 0; i < PART; i++) {
        out[to + part * PART + i] = step * ((in.get(bytes + i) >> shift) & 3) - base;
      }
    }
  }

  /** 32 bytes of third bits, 64 of two lower bits, 12 of scales of 6 bits, scale (f16). */
  static void q3(ByteBuffer in, int from, float[] out, int to) {
    float scale = PlainValues.half(in, from + 108);
    for (int part = 0; part < PARTS; part++) {
      float step = scale * (threeBitScale(in, from + 96, part) - 32);
      int bytes = from + 32 + part / 8 * 32 + part % 2 * PART;
      int shift = part % 8 / 2 * 2;
      int highs = from + part % 2 * PART;
      int high = part / 8 * 4 + part % 8 / 2;
      for (int i = 0; i < PART; i++) {
        int low = (in.get(bytes + i) >> shift) & 3;
        int value = ((in.get(highs + i) >> high) & 1) == 0 ? low - 4 : low;
        out[to + part * PART + i] = step * value;
      }
    }
  }

  /** Lower 4 bits of scale s: half of byte s mod 8. Upper 2 bits: in byte 8 + s mod 4. */
  private static int threeBitScale(ByteBuffer in, int from, int part) {
    int lower = (in.get(from + part % 8) >> (part / 8 * 4)) & 15;
    int upper = (in.get(from + 8 + part % 4) >> (part / 4 * 2)) & 3;
    return lower | upper << 4;
  }

  /** Scale and minimum (f16), 12 bytes of scales and minima of 6 bits, 128 of values. */
  static void q4(ByteBuffer in, int from, float[] out, int to) {
    float scale = PlainValues.half(in, from);
    float least = PlainValues.half(in, from + 2);
    for (int part = 0; part < 8; part++) {
      float step = scale * sixBits(in, from + 4, part, 0);
      float base = least * sixBits(in, from + 4, part, 4);
      int bytes = from + 16 + part / 2 * 32;
      int shift = part % 2 * 4;
      for (int i = 0; i < 32; i++) {
        out[to + part * 32 + i] = step * ((in.get(bytes + i) >> shift) & 15) - base;
      }
    }
  }

  /** As q4, with 32 bytes of fifth bits before the values. */
  static void q5(ByteBuffer in, int from, float[] out, int to) {
    float scale = PlainValues.half(in, from);
    float least = PlainValues.half(in, from + 2);
    for (int part = 0; part < 8; part++) {
      float step = scale * sixBits(in, from + 4, part, 0);
      float base = least * sixBits(in, from + 4, part, 4);
      int bytes = from + 48 + part / 2 * 32;
      int shift = part % 2 * 4;
      for (int i = 0; i < 32; i++) {
        int fifth = (in.get(from + 16 + i) >> part) & 1;
        int value = ((in.get(bytes + i) >> shift) & 15) | fifth << 4;
        out[to + part * 32 + i] = step * value - base;
      }
    }
  }

  /**
   * Returns a scale (kind 0) or a minimum (kind 4) of one of 8 parts. The first four lie whole in a
   * byte; of the others the lower bits lie in bytes 8 to 11, the upper ones above the first four.
   */
  private static int sixBits(ByteBuffer in, int from, int part, int kind) {
    if (part < 4) {
      return in.get(from + kind + part) & 63;
    }
    int lower = (in.get(from + 4 + part) >> kind) & 15;
    return lower | ((in.get(from + kind + part - 4) >> 6) & 3) << 4;
  }

  /** 128 bytes of lower 4 bits, 64 of upper 2 bits, 16 signed scales, scale (f16). */
  static void q6(ByteBuffer in, int from, float[] out, int to) {
    float scale = PlainValues.half(in, from + 208);
    for (int part = 0; part < PARTS; part++) {
      float step = scale * in.get(from + 192 + part);
      int half = part / 8;
      int quarter = part % 8 / 2;
      int start = part % 2 * PART;
      int lows = from + half * 64 + quarter % 2 * 32 + start;
      int highs = from + 128 + half * 32 + start;
      for (int i = 0; i < PART; i++) {
        int low = (in.get(lows + i) >> (quarter / 2 * 4)) & 15;
        int high = (in.get(highs + i) >> (quarter * 2)) & 3;
        out[to + part * PART + i] = step * ((low | high << 4) - 32);
      }
    }
  }
}
