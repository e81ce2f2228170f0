package rft.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

final class ProcessorTraitsTest {
  private static final String ZEN_3 = "vendor_id : AuthenticAMD\nflags : avx2 fma\n";

  private static boolean faster(String vendor, String flags) {
    return ProcessorTraits.multipliesHalvesFaster(
        "vendor_id\t: " + vendor + "\nflags\t\t: fpu " + flags + "\n");
  }

  @Test
  void halvesAreMultipliedFasterWithAmxOrOnAmd() {
    assertTrue(faster("GenuineIntel", "avx512_bf16 amx_bf16"));
    assertTrue(faster("AuthenticAMD", "avx512_bf16"));
    assertFalse(faster("GenuineIntel", "avx512_bf16"));
    assertFalse(faster("AuthenticAMD", "avx2"));
    assertFalse(ProcessorTraits.multipliesHalvesFaster(""));
  }

  @Test
  void weightsArePackedWhereThatWasMeasuredToBeFaster() {
    String epyc = "vendor_id : AuthenticAMD\nflags : avx2 avx512f avx512_bf16\n";
    String xeon = "vendor_id : GenuineIntel\nflags : avx512f avx512_bf16\n";
    assertTrue(ProcessorTraits.packs(Precision.BF16, epyc));
    assertTrue(ProcessorTraits.packs(Precision.F32, epyc));
    assertFalse(ProcessorTraits.packs(Precision.BF16, xeon));
    assertTrue(ProcessorTraits.packs(Precision.BF16, xeon + "flags : amx_bf16"));
    assertFalse(ProcessorTraits.packs(Precision.F32, xeon));
    assertTrue(ProcessorTraits.packs(Precision.F32, ZEN_3));
    assertFalse(ProcessorTraits.packs(Precision.BF16, ZEN_3));
    assertFalse(ProcessorTraits.packs(Precision.F32, ""));
    assertFalse(ProcessorTraits.packs(Precision.F32, Device.gpu(0)));
  }

  @Test
  void onlyMatricesThatLieInTheCacheArePackedWithoutAvx512() {
    assertEquals(16 << 20, ProcessorTraits.packedBytes(ZEN_3));
    assertEquals(Long.MAX_VALUE, ProcessorTraits.packedBytes(ZEN_3 + "flags : avx512f\n"));
    assertEquals(Long.MAX_VALUE, ProcessorTraits.packedBytes(""));
  }

  @Test
  void halvesAreMadeFloatsSoonerWithoutAvx512() {
    assertEquals(1, ProcessorTraits.upcastRows(Precision.BF16, ZEN_3));
    assertEquals(1, ProcessorTraits.upcastRows(Precision.F16, ZEN_3));
    String xeon = "vendor_id : GenuineIntel\nflags : avx2 avx512f avx512_bf16\n";
    assertEquals(64, ProcessorTraits.upcastRows(Precision.BF16, xeon));
    assertEquals(64, ProcessorTraits.upcastRows(Precision.BF16, ""));
    String amx = xeon + "flags : amx_bf16\n";
    assertEquals(Integer.MAX_VALUE, ProcessorTraits.upcastRows(Precision.BF16, amx));
  }

  @Test
  void productsAreConvolutionsOnZen5Alone() {
    String zen5 = "vendor_id : AuthenticAMD\nflags : avx512f avx512_vp2intersect\n";
    assertTrue(ProcessorTraits.convolves(Precision.F32, zen5));
    assertFalse(ProcessorTraits.convolves(Precision.BF16, zen5));
    assertFalse(
        ProcessorTraits.convolves(Precision.F32, "vendor_id : AuthenticAMD\nflags : avx512f"));
    assertFalse(
        ProcessorTraits.convolves(Precision.F32, zen5.replace("AuthenticAMD", "GenuineIntel")));
  }

  @Test
  void logitsAreSparedWhereBlocksOfThemAreMultipliedFast() {
    String epyc = "vendor_id : AuthenticAMD\nflags : avx2 avx512f avx512_bf16\n";
    String xeon = "vendor_id : GenuineIntel\nflags : avx2 avx512f avx512_bf16 amx_bf16\n";
    assertTrue(ProcessorTraits.attendsHead(Precision.F32, epyc));
    assertTrue(ProcessorTraits.attendsHead(Precision.F32, ""));
    assertFalse(ProcessorTraits.attendsHead(Precision.BF16, epyc));
    assertTrue(ProcessorTraits.attendsHead(Precision.BF16, xeon));
    assertTrue(ProcessorTraits.attendsHead(Precision.BF16, ZEN_3)); // made float32
    assertFalse(ProcessorTraits.attendsHead(Precision.F32, Device.gpu(0)));
  }

  @Test
  void onlyHalvesOnTheProcessorAreMadeFloats() {
    assertEquals(Integer.MAX_VALUE, ProcessorTraits.upcastRows(Precision.F32, Device.cpu()));
    assertEquals(Integer.MAX_VALUE, ProcessorTraits.upcastRows(Precision.F16, Device.gpu(0)));
  }
}
