package rft.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the frozen weights of a model are held on its device. Norms, biases, adapters, activations
 * and everything that is summed up are float32 whatever is chosen.
 */
public enum Precision {
  /** 4 bytes a weight. */
  F32(6, 4),
  /** 2 bytes a weight, the range of float32 with 8 bits of precision. */
  BF16(15, 2),
  /** 2 bytes a weight, 11 bits of precision; for GPUs. */
  F16(5, 2);

  private final int engineType;
  private final int bytes;

  Precision(int engineType, int bytes) {
    this.engineType = engineType;
    this.bytes = bytes;
  }

  /**
   * Returns the precision of a name.
   *
   * @param name {@code f32}, {@code bf16} or {@code f16}
   * @throws IllegalArgumentException if it is none of these
   */
  public static Precision parse(String name) {
    for (Precision precision : values()) {
      if (precision.text().equals(name)) {
        return precision;
      }
    }
    String known = Arrays.stream(values()).map(Precision::text).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "precision \"" + name + "\" is unknown: choose from " + known);
  }

  /** Returns the precision with which this machine's processor computes large models fastest. */
  public static Precision fastestOnCpu() {
    return ProcessorTraits.multipliesHalvesFaster() ? BF16 : F32;
  }

  /** Returns the name that options and files use. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the bytes of one weight. */
  public int bytes() {
    return bytes;
  }

  /** Returns the engine's number of this type. */
  int engineType() {
    return engineType;
  }

  boolean isHalf() {
    return bytes == 2;
  }
}
