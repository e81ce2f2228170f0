package rft.gguf;

import java.nio.ByteBuffer;

/** Turns blocks of one number format into float32. */
@FunctionalInterface
interface BlockDecoder {
  /**
   * Decodes one block.
   *
   * @param in little endian
   * @param from index of the block's first byte
   * @param out takes the values
   * @param to index of the block's first value
   */
  void decode(ByteBuffer in, int from, float[] out, int to);
}
