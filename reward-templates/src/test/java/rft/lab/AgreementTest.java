package rft.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Numbers that can be worked out by hand. */
final class AgreementTest {
  @Test
  void equalValuesShareTheirRank() {
    assertArrayEquals(new double[] {1, 3, 3, 3, 5}, Agreement.ranks(new double[] {0, 2, 2, 2, 9}));
  }

  @Test
  void spearmanOfRanksOneTwoThreeFourWithTwoSwappedIsPointEight() {
    // 1 - 6 * (1 + 1) / (4 * 15)
    assertEquals(
        0.8, Agreement.spearman(new double[] {1, 2, 3, 4}, new double[] {10, 20, 40, 30}), 1e-12);
    assertTrue(Double.isNaN(Agreement.spearman(new double[] {1, 1}, new double[] {1, 2})));
  }

  @Test
  void spearmanWithTiesIsThePearsonOfMeanRanks() {
    // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
    assertEquals(
        4.5 / Math.sqrt(4.5 * 5),
        Agreement.spearman(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4}),
        1e-12);
  }

  @Test
  void kappaOfTheTextbookTableOfFifty() {
    // 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: seen 0.7, by chance 0.5.
    int[] a = new int[50];
    int[] b = new int[50];
    for (int i = 0; i < 50; i++) {
      a[i] = i < 25 ? 1 : 0;
      b[i] = i < 20 || (i >= 25 && i < 35) ? 1 : 0;
    }
    assertEquals(0.4, Agreement.kappa(a, b, 2, false), 1e-12);
    assertEquals(0.4, Agreement.kappa(a, b, 2, true), 1e-12);
  }

  @Test
  void weightsForgiveNearMisses() {
    int[] a = {0, 1, 2, 0, 1, 2};
    int[] near = {0, 1, 2, 1, 2, 1};
    int[] far = {0, 1, 2, 2, 1, 0};
    assertTrue(Agreement.kappa(a, near, 3, true) > Agreement.kappa(a, far, 3, true));
    assertEquals(1, Agreement.kappa(a, a, 3, true), 1e-12);
    assertTrue(Double.isNaN(Agreement.kappa(new int[] {1, 1}, new int[] {1, 1}, 2, false)));
  }

  @Test
  void anIntervalHoldsTheValueAndComesAgainWithItsSeed() {
    double[] above = {1, 0, 1, 1, 0, 1, 1, 0, 1, 1};
    double[] below = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    Resampled share = Resampled.ratio(above, below, 3);
    assertEquals(0.7, share.value(), 1e-12);
    assertTrue(share.low() >= 0.3 && share.low() <= 0.5, share.text());
    assertTrue(share.high() >= 0.9 && share.high() <= 1, share.text());
    assertEquals(share, Resampled.ratio(above, below, 3));
    assertNull(Resampled.ratio(new double[0], new double[0], 3).value());
  }
}
