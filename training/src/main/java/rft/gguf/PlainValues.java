package rft.gguf;

import java.nio.ByteBuffer;

/** Values that stand alone, and the half floats of which blocks make their scales. */
final class PlainValues {
  private static final int INFINITY = 0x7f800000;

  private PlainValues() {}

  static void float32(ByteBuffer in, int from, float[] out, int to) {
    out[to] = in.getFloat(from);
  }

  static void float16(ByteBuffer in, int from, float[] out, int to) {
    out[to] = half(in, from);
  }

  static void brain16(ByteBuffer in, int from, float[] out, int to) {
    out[to] = Float.intBitsToFloat(in.getShort(from) << 16);
  }

  /** Returns the IEEE binary16 at an index. */
  static float half(ByteBuffer in, int from) {
    int bits = in.getShort(from);
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int scaled = exponent == 0x1f ? INFINITY : (exponent + 112) << 23;
    return Float.intBitsToFloat(sign | scaled | (fraction << 13));
  }
}
