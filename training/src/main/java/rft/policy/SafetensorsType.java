package rft.policy;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/** The number formats of weight files; all are computed with as float32. */
public enum SafetensorsType {
  /** IEEE binary32. */
  F32(4),
  /** IEEE binary16: 11 significant bits, at most 65504. */
  F16(2),
  /** The upper half of binary32: 8 significant bits, the range of float32. */
  BF16(2);

  private static final int INFINITY = 0x7f800000;

  private final int bytes;

  SafetensorsType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes of one value. */
  public int bytes() {
    return bytes;
  }

  /**
   * Returns the value as this type holds it, rounded to nearest, ties to even; beyond the range it
   * is infinite.
   */
  public float round(float value) {
    return switch (this) {
      case F32 -> value;
      case F16 -> fromHalf(toHalf(value));
      case BF16 -> fromBrain(toBrain(value));
    };
  }

  /**
   * Reads as many values as the buffer, little endian, holds into {@code values} from {@code start}
   * on.
   */
  void decode(ByteBuffer in, float[] values, int start) {
    if (this == F32) {
      in.asFloatBuffer().get(values, start, in.remaining() / bytes);
      return;
    }
    ShortBuffer shorts = in.asShortBuffer();
    int count = shorts.remaining();
    for (int i = 0; i < count; i++) {
      values[start + i] = this == F16 ? fromHalf(shorts.get(i)) : fromBrain(shorts.get(i));
    }
  }

  /** Writes {@code count} values from {@code start} on, rounded as in {@link #round}. */
  public void encode(float[] values, int start, int count, ByteBuffer out) {
    for (int i = start; i < start + count; i++) {
      switch (this) {
        case F32 -> out.putFloat(values[i]);
        case F16 -> out.putShort(toHalf(values[i]));
        case BF16 -> out.putShort(toBrain(values[i]));
      }
    }
  }

  private static short toBrain(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40); // rounding could carry a NaN into infinity
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  private static float fromBrain(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  private static short toHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > INFINITY) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude
        >= 0x477ff000) { // 65520: halfway between the largest half and the next power of two
      return (short) (sign | 0x7c00);
    }
    if (magnitude >= 0x38800000) { // 2^-14: the smallest normal half
      int rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
      return (short) (sign | ((rounded - 0x38000000) >>> 13));
    }
    // The unit of 0.5f is 2^-24, that of a subnormal half: this addition rounds as needed.
    float shifted = Float.intBitsToFloat(magnitude) + 0.5f;
    return (short) (sign | (Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(0.5f)));
  }

  private static float fromHalf(short bits) {
    int exponent = (bits >>> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    int sign = (bits & 0x8000) << 16;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int scaled = exponent == 0x1f ? INFINITY : (exponent + 112) << 23;
    return Float.intBitsToFloat(sign | scaled | (fraction << 13));
  }
}
