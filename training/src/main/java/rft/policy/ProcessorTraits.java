package rft.policy;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * What of the processor decides how multiplications are done. Rules of the processor's kind, not a
 * timing, because a resumed run has to compute as it did before; docs/performance.md has the
 * timings that they rest on.
 */
final class ProcessorTraits {
  /**
   * Below so many rows a multiplication by a 2-byte weight is bound by reading the weight, and
   * above by the arithmetic.
   */
  static final int MEMORY_BOUND_ROWS = 64;

  /**
   * Without AVX-512, products of packed weights fetch them anew for every few rows: twice as fast
   * as others while they lie in the cache, half as fast where they do not.
   */
  private static final long CACHED_BYTES = 16L << 20;

  /** From so many rows on a convolution is worth the new order that it gives the weights. */
  static final int CONVOLVED_ROWS = 256;

  /**
   * To so many keys, attention that makes all of its scores, in the 2 bytes that are multiplied
   * faster, takes less time than one by blocks in float32, and no more memory.
   */
  static final int SHORT_KEYS = 256;

  private ProcessorTraits() {}

  /**
   * Returns from how many rows on 2-byte weights are made float32 before they are multiplied: never
   * on a GPU or a processor that multiplies them faster than those, always but for one row on one
   * without AVX-512, which takes five times as long for them.
   */
  static int upcastRows(Precision precision, Device device) {
    return device.isGpu() ? Integer.MAX_VALUE : upcastRows(precision, cpuInfo());
  }

  static int upcastRows(Precision precision, String cpuInfo) {
    if (!precision.isHalf() || multipliesHalvesFaster(cpuInfo)) {
      return Integer.MAX_VALUE;
    }
    return isNarrow(cpuInfo) ? 1 : MEMORY_BOUND_ROWS;
  }

  /** Returns whether this is an x86 processor whose vectors have 32 bytes. */
  private static boolean isNarrow(String cpuInfo) {
    Set<String> words = words(cpuInfo);
    return words.contains("avx2") && !words.contains("avx512f");
  }

  /**
   * Returns whether sampling gets weights in the order in which products of a few rows read them.
   * For 2-byte weights that are multiplied as they are, ordering them anew in every product took a
   * third of its time; with float32 ones, the other library that multiplies packed weights was
   * nearly twice as fast on processors of AMD.
   */
  static boolean packs(Precision precision, Device device) {
    return !device.isGpu() && packs(precision, cpuInfo());
  }

  static boolean packs(Precision precision, String cpuInfo) {
    return switch (precision) {
      case BF16 -> multipliesHalvesFaster(cpuInfo);
      case F32 -> words(cpuInfo).containsAll(Set.of("AuthenticAMD", "avx2"));
      case F16 -> false;
    };
  }

  /**
   * Returns whether each thread had better sample a part of the batch by itself, reading all
   * weights, than share the operations of the whole with the others: with packed weights, which are
   * read fast, and where the weights of a product are made float32, which takes far longer than to
   * read them.
   */
  static boolean samplesApart(Precision precision, Device device) {
    return packs(precision, device) || upcastRows(precision, device) == 1;
  }

  /**
   * Returns whether what products of many rows make of 2-byte weights stays in 2 bytes while they
   * train: where the processor multiplies them faster.
   */
  static boolean keepsHalves(Precision precision, Device device) {
    return precision.isHalf() && packs(precision, device);
  }

  /** Returns how large a matrix may be to be packed; the head is cut into pieces of half of it. */
  static long packedBytes(Device device) {
    return packedBytes(device.isGpu() ? "" : cpuInfo());
  }

  static long packedBytes(String cpuInfo) {
    return isNarrow(cpuInfo) ? CACHED_BYTES : Long.MAX_VALUE;
  }

  /**
   * Returns whether float32 products of many rows are written as convolutions of single points: on
   * AMD's processors the engine multiplies with a library that computes half as wide as Zen 5 can,
   * and convolves with another, which was measured to take half the time.
   */
  static boolean convolves(Precision precision, Device device) {
    return !device.isGpu() && convolves(precision, cpuInfo());
  }

  static boolean convolves(Precision precision, String cpuInfo) {
    return precision == Precision.F32
        && words(cpuInfo).containsAll(Set.of("AuthenticAMD", "avx512_vp2intersect"));
  }

  /**
   * Returns whether the likelihood of tokens is computed as attention to the rows of the head,
   * which makes no logits: in float32 on every processor, in bfloat16 where AMX multiplies the
   * blocks of it.
   */
  static boolean attendsHead(Precision precision, Device device) {
    return !device.isGpu() && attendsHead(precision, cpuInfo());
  }

  static boolean attendsHead(Precision precision, String cpuInfo) {
    return switch (precision) {
      case F32 -> true;
      case BF16 -> !multipliesHalvesFaster(cpuInfo) || words(cpuInfo).contains("amx_bf16");
      case F16 -> !multipliesHalvesFaster(cpuInfo);
    };
  }

  /**
   * Returns whether bfloat16 is multiplied faster than float32. AMD's processors with AVX512-BF16
   * do it twice as fast; Intel's need AMX for that, and ran at half the speed without.
   *
   * @param cpuInfo the text of {@code /proc/cpuinfo}, empty where there is none
   */
  static boolean multipliesHalvesFaster(String cpuInfo) {
    Set<String> words = words(cpuInfo);
    return words.contains("amx_bf16")
        || (words.contains("avx512_bf16") && words.contains("AuthenticAMD"));
  }

  static boolean multipliesHalvesFaster() {
    return multipliesHalvesFaster(cpuInfo());
  }

  private static Set<String> words(String cpuInfo) {
    return new HashSet<>(Arrays.asList(cpuInfo.split("\\s+")));
  }

  private static String cpuInfo() {
    Path file = Path.of("/proc/cpuinfo");
    try {
      return Files.isReadable(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
