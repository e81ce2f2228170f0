package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LossReportTest {
  private static final LossReport ONE = new LossReport(0.5, 10, 2, 8, 1, 2, 10, gap(1e-6, 10));
  private static final LossReport TWO = new LossReport(-0.25, 5, 1, 4, 3, 0, 5, gap(3e-6, 5));

  private static SamplerGap gap(double most, long tokens) {
    return new SamplerGap(most, tokens, tokens);
  }

  @Test
  void partsAddUpButForTheLargestGap() {
    assertEquals(
        new LossReport(0.25, 15, 3, 12, 4, 2, 15, new SamplerGap(3e-6, 15, 15)), ONE.plus(TWO));
    assertEquals(ONE, LossReport.EMPTY.plus(ONE));
  }

  @Test
  void klIsTheMeanOverItsTokens() {
    assertEquals(0.25, ONE.plus(TWO).kl().orElseThrow());
    assertTrue(LossReport.EMPTY.kl().isEmpty());
  }

  @Test
  void withoutSamplerThereIsNoGapEvenInASum() {
    LossReport without = ONE.withoutSampler();
    assertTrue(without.plus(TWO).samplerGap().mean().isEmpty());
    assertEquals(ONE.tokens(), without.tokens());
  }

  @Test
  void aGapIsTheLargestAndTheMeanOverTokens() {
    SamplerGap gap =
        SamplerGap.between(new float[] {-1, -2}, new float[] {-1.5f, -2})
            .plus(SamplerGap.between(new float[] {-3}, new float[] {-2.75f}));
    assertEquals(0.5, gap.most());
    assertEquals(0.25, gap.mean().orElseThrow());
    assertTrue(SamplerGap.NONE.mean().isEmpty());
  }
}
