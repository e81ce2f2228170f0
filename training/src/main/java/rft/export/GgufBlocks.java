package rft.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import rft.gguf.TensorType;
import rft.policy.SafetensorsType;

/**
 * Writes values as the blocks of a GGUF tensor. The inverse of what {@link TensorType} reads.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h">the layout of the
 *     blocks</a>
 */
final class GgufBlocks {
  private static final int LARGEST = 127;

  private GgufBlocks() {}

  /** Returns whether a type is written here. */
  static boolean isWritten(TensorType type) {
    return switch (type) {
      case F32, F16, BF16, Q8_0 -> true;
      default -> false;
    };
  }

  /**
   * Returns the bytes of some values, whole blocks of them.
   *
   * @throws IllegalArgumentException if the type is not written
   */
  static ByteBuffer bytes(TensorType type, float[] values, int start, int count) {
    ByteBuffer out =
        ByteBuffer.allocate(count / type.blockValues() * type.blockBytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    switch (type) {
      case F32 -> SafetensorsType.F32.encode(values, start, count, out);
      case F16 -> SafetensorsType.F16.encode(values, start, count, out);
      case BF16 -> SafetensorsType.BF16.encode(values, start, count, out);
      case Q8_0 -> {
        for (int block = start; block < start + count; block += type.blockValues()) {
          eightBits(values, block, type.blockValues(), out);
        }
      }
      default -> throw new IllegalArgumentException(type + " is read, and not written");
    }
    return out.flip();
  }

  /** A scale, by which signed bytes are multiplied: the largest value becomes 127. */
  private static void eightBits(float[] values, int start, int count, ByteBuffer out) {
    float largest = 0;
    for (int i = start; i < start + count; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    float scale = largest / LARGEST;
    float inverse = scale == 0 ? 0 : 1 / scale;
    SafetensorsType.F16.encode(new float[] {scale}, 0, 1, out);
    for (int i = start; i < start + count; i++) {
      float scaled = values[i] * inverse;
      // Away from zero where it lies between, as C's roundf does.
      out.put((byte) (scaled < 0 ? -Math.round(-scaled) : Math.round(scaled)));
    }
  }
}
