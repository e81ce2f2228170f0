package rft.gguf;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The number formats of GGUF tensors that are read. A tensor is a row of blocks; a block holds a
 * fixed number of consecutive values of a row in a fixed number of bytes.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the GGUF format</a>
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h">the layout of the
 *     blocks</a>
 */
public enum TensorType {
  /** IEEE binary32. */
  F32(0, 1, 4, PlainValues::float32),
  /** IEEE binary16. */
  F16(1, 1, 2, PlainValues::float16),
  /** Scale (f16), 32 values of 4 bits around 8. */
  Q4_0(2, 32, 18, SmallBlocks::q4zero),
  /** Scale and minimum (f16), 32 values of 4 bits. */
  Q4_1(3, 32, 20, SmallBlocks::q4one),
  /** Scale (f16), the fifth bits, 32 values of 5 bits around 16. */
  Q5_0(6, 32, 22, SmallBlocks::q5zero),
  /** Scale and minimum (f16), the fifth bits, 32 values of 5 bits. */
  Q5_1(7, 32, 24, SmallBlocks::q5one),
  /** Scale (f16), 32 signed bytes. */
  Q8_0(8, 32, 34, SmallBlocks::q8zero),
  /** 16 sub-blocks of 16 values of 2 bits, each with a scale and a minimum of 4 bits. */
  Q2_K(10, 256, 84, SuperBlocks::q2),
  /** 16 sub-blocks of 16 values of 3 bits, each with a scale of 6 bits. */
  Q3_K(11, 256, 110, SuperBlocks::q3),
  /** 8 sub-blocks of 32 values of 4 bits, each with a scale and a minimum of 6 bits. */
  Q4_K(12, 256, 144, SuperBlocks::q4),
  /** 8 sub-blocks of 32 values of 5 bits, each with a scale and a minimum of 6 bits. */
  Q5_K(13, 256, 176, SuperBlocks::q5),
  /** 16 sub-blocks of 16 values of 6 bits, each with a scale of 8 bits. */
  Q6_K(14, 256, 210, SuperBlocks::q6),
  /** Scale (f16), 32 indices of 4 bits into a table of uneven steps. */
  IQ4_NL(20, 32, 18, UnevenBlocks::small),
  /** 8 sub-blocks of 32 such indices, each with a scale of 6 bits. */
  IQ4_XS(23, 256, 136, UnevenBlocks::large),
  /** The upper half of binary32. */
  BF16(30, 1, 2, PlainValues::brain16);

  /** Types that exist and are not read, for the message that refuses them. */
  private static final Map<Integer, String> UNREAD =
      Map.ofEntries(
          Map.entry(4, "Q4_2"),
          Map.entry(5, "Q4_3"),
          Map.entry(9, "Q8_1"),
          Map.entry(15, "Q8_K"),
          Map.entry(16, "IQ2_XXS"),
          Map.entry(17, "IQ2_XS"),
          Map.entry(18, "IQ3_XXS"),
          Map.entry(19, "IQ1_S"),
          Map.entry(21, "IQ3_S"),
          Map.entry(22, "IQ2_S"),
          Map.entry(24, "I8"),
          Map.entry(25, "I16"),
          Map.entry(26, "I32"),
          Map.entry(27, "I64"),
          Map.entry(28, "F64"),
          Map.entry(29, "IQ1_M"),
          Map.entry(34, "TQ1_0"),
          Map.entry(35, "TQ2_0"),
          Map.entry(39, "MXFP4"),
          Map.entry(40, "NVFP4"));

  private final int id;
  private final int blockValues;
  private final int blockBytes;

  // A function of its arguments alone.
  @SuppressWarnings("ImmutableEnumChecker")
  private final BlockDecoder decoder;

  TensorType(int id, int blockValues, int blockBytes, BlockDecoder decoder) {
    this.id = id;
    this.blockValues = blockValues;
    this.blockBytes = blockBytes;
    this.decoder = decoder;
  }

  /** Returns the number that stands for this type in a file. */
  public int id() {
    return id;
  }

  /** Returns the values of one block. */
  public int blockValues() {
    return blockValues;
  }

  /** Returns the bytes of one block. */
  public int blockBytes() {
    return blockBytes;
  }

  BlockDecoder decoder() {
    return decoder;
  }

  /** Returns the type that a number stands for in a file; empty if it is not read. */
  static Optional<TensorType> of(int id) {
    return Arrays.stream(values()).filter(type -> type.id == id).findFirst();
  }

  /** Returns what a message calls a type that is not read. */
  static String nameOfUnread(int id) {
    return UNREAD.getOrDefault(id, "an unknown type (" + Integer.toUnsignedString(id) + ")");
  }

  /** Returns the names of all types that are read. */
  static String all() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
