package rft.gguf;

import java.nio.ByteBuffer;

/**
 * The blocks of 32 values. Values of 4 bits lie in 16 bytes, value i in the lower half of byte i,
 * value i + 16 in its upper half; a fifth bit of each lies in 32 bits before them.
 */
final class SmallBlocks {
  private static final int HALF = 16;

  private SmallBlocks() {}

  static void q4zero(ByteBuffer in, int from, float[] out, int to) {
    float scale = PlainValues.half(in, from);
    for (int i = 0; i < HALF; i++) {
      int pair = in.get(from + 2 + i);
      out[to + i] = scale * ((pair & 15) - 8);
      out[to + i + HALF] = scale * (((pair >> 4) & 15) - 8);
    }
  }

  static void q4one(ByteBuffer in, int from, float[] out, int to) {
    float scale = PlainValues.half(in, from);
    float least = PlainValues.half(in, from + 2);
    for (int i = 0; i < HALF; i++) {
      int pair = in.get(from + 4 + i);
      out[to + i] = scale * (pair & 15) + least;
      out[to + i + HALF] = scale * ((pair >> 4) & 15) + least;
    }
  }

  static void q5zero(ByteBuffer in, int from, float[] out, int to) {
    float scale = PlainValues.half(in, from);
    int fifth = in.getInt(from + 2);
    for (int i = 0; i < HALF; i++) {
      int pair = in.get(from + 6 + i);
      out[to + i] = scale * (lower(pair, fifth, i) - 16);
      out[to + i + HALF] = scale * (upper(pair, fifth, i) - 16);
    }
  }

  static void q5one(ByteBuffer in, int from, float[] out, int to) {
    float scale = PlainValues.half(in, from);
    float least = PlainValues.half(in, from + 2);
    int fifth = in.getInt(from + 4);
    for (int i = 0; i < HALF; i++) {
      int pair = in.get(from + 8 + i);
      out[to + i] = scale * lower(pair, fifth, i) + least;
      out[to + i + HALF] = scale * upper(pair, fifth, i) + least;
    }
  }

  private static int lower(int pair, int fifth, int i) {
    return (pair & 15) | (((fifth >>> i) & 1) << 4);
  }

  private static int upper(int pair, int fifth, int i) {
    return ((pair >> 4) & 15) | (((fifth >>> (i + HALF)) & 1) << 4);
  }

  static void q8zero(ByteBuffer in, int from, float[] out, int to) {
    float scale = PlainValues.half(in, from);
    for (int i = 0; i < 2 * HALF; i++) {
      out[to + i] = scale * in.get(from + 2 + i);
    }
  }
}
