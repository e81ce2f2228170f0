package rft.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import rft.policy.Devices;
import rft.policy.ModelConfig;
import rft.policy.Precision;

final class MemoryNeedTest {
  /** The sizes of SmolLM2-135M. */
  private static final ModelConfig MODEL =
      new ModelConfig(49152, 576, 1536, 30, 9, 3, 64, 1e-5, 100000, true, 8192);

  private static final Workload WORK = new Workload(32, 4, 64, 64, 8, 16, 2);

  @Test
  void theFormulaIsCountedOutForAKnownModel() {
    MemoryNeed need = MemoryNeed.of(MODEL, Precision.F32, "cuda:0", WORK);
    assertEquals(4L * 134_515_008, need.weights());
    assertEquals(2 * 30 * 3 * 64 * 4, need.cachePerToken());
    long cache = 32L * 128 * need.cachePerToken();
    long logits = 3L * 32 * 49152 * 4;
    assertEquals(2 * 8192 * 64 * 4, need.tables());
    assertEquals(need.weights() + need.tables() + cache + logits, need.sampling());
    long ends = 2 * (576 + 576) + 2 * (576 + 192) + 3 * (576 + 1536);
    assertEquals(16L * 16 * 30 * ends, need.adapter());
    long perToken = 7 * 576 + 4 * 1536 + 4 * 960;
    assertEquals(4 * ((2 * 64 + 8 * 64) * 30L * perToken + 4L * 128 * 49152), need.activations());
    assertEquals(
        need.weights() + need.tables() + need.adapter() + need.activations(), need.training());
  }

  @Test
  void smallerWeightsAndLongerRowsCount() {
    MemoryNeed half = MemoryNeed.of(MODEL, Precision.BF16, "cuda:0", WORK);
    assertEquals(MemoryNeed.of(MODEL, Precision.F32, "cuda:0", WORK).weights(), 2 * half.weights());
    long cacheAndLogits = 32L * 128 * half.cachePerToken() + 3L * 32 * 49152 * 4;
    assertEquals(half.weights() + half.tables() + cacheAndLogits, half.sampling());
    MemoryNeed longer =
        MemoryNeed.of(MODEL, Precision.BF16, "cuda:0", new Workload(32, 4, 960, 64, 8, 16, 2));
    assertTrue(longer.sampling() > half.sampling() && longer.training() > half.training());
  }

  @Test
  void theOrderedCopyCountsWhereThisProcessorSamplesWithOne() {
    for (Precision precision : Precision.values()) {
      MemoryNeed here = MemoryNeed.of(MODEL, precision, "cpu", WORK);
      long copy = Devices.packs(MODEL, precision, "cpu") ? here.weights() : 0;
      assertEquals(
          copy, here.sampling() - MemoryNeed.of(MODEL, precision, "cuda:0", WORK).sampling());
    }
  }

  @Test
  void aMillionPositionsHaveLargeTables() {
    ModelConfig longer =
        new ModelConfig(49152, 576, 1536, 30, 9, 3, 64, 1e-5, 100000, true, 1 << 20);
    MemoryNeed need = MemoryNeed.of(longer, Precision.F32, "cpu", WORK);
    MemoryNeed usual = MemoryNeed.of(MODEL, Precision.F32, "cpu", WORK);
    long more = 2L * ((1 << 20) - 8192) * 64 * 4;
    assertEquals(more, need.sampling() - usual.sampling());
    assertEquals(more, need.training() - usual.training());
    long loaded = longer.parameters() * (Devices.packs(longer, Precision.F32, "cpu") ? 8 : 4);
    Path folder = Path.of("model");
    new FreeMemory("cpu", loaded + need.tables()).require(longer, Precision.F32, folder);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new FreeMemory("cpu", loaded + need.tables() - 1)
                .require(longer, Precision.F32, folder));
  }

  @Test
  void aPassIsCutSoThatWhatItKeepsHasALimit() {
    long logits = 16L * 128 * 49152;
    MemoryNeed two =
        MemoryNeed.of(MODEL, Precision.F32, "cpu", new Workload(128, 16, 128, 256, 32, 8, 2));
    assertEquals((3L << 30) + logits, two.activations());
    MemoryNeed one =
        MemoryNeed.of(MODEL, Precision.F32, "cpu", new Workload(128, 16, 128, 256, 32, 8, 1));
    assertEquals((3L << 29) + logits, one.activations());
  }

  @Test
  void aWorkloadOfNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Workload(0, 1, 1, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Workload(1, 1, 1, 0, 1, 1, 1));
  }
}
