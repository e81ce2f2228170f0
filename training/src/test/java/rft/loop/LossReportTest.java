package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LossReportTest {
  private static final LossReport ONE = new LossReport(0.5, 10, 2, 8, 1, 2, 10, 1e-6);
  private static final LossReport TWO = new LossReport(-0.25, 5, 1, 4, 3, 0, 5, 3e-6);

  @Test
  void partsAddUpButForTheLargestDifference() {
    assertEquals(new LossReport(0.25, 15, 3, 12, 4, 2, 15, 3e-6), ONE.plus(TWO));
    assertEquals(ONE, LossReport.EMPTY.plus(ONE));
  }

  @Test
  void klIsTheMeanOverItsTokens() {
    assertEquals(0.25, ONE.plus(TWO).kl().orElseThrow());
    assertTrue(LossReport.EMPTY.kl().isEmpty());
  }

  @Test
  void withoutSamplerThereIsNoDifferenceEvenInASum() {
    LossReport without = ONE.withoutSampler();
    assertTrue(Double.isNaN(without.plus(TWO).samplerDifference()));
    assertEquals(ONE.tokens(), without.tokens());
  }
}
