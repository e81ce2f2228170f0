package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ShareTest {
  @Test
  void theLimitsAreThoseAtWhichTheNormalTestWouldJustReject() {
    for (int count = 1; count < 20; count++) {
      Share share = Share.of(count, 20);
      for (double limit : new double[] {share.low(), share.high()}) {
        double z = (count / 20.0 - limit) / Math.sqrt(limit * (1 - limit) / 20);
        assertEquals(1.959963984540054, Math.abs(z), 1e-9);
      }
      assertTrue(share.low() < count / 20.0 && count / 20.0 < share.high());
    }
  }

  @Test
  void noneAndAllHaveALimitAtTheEnd() {
    assertEquals(0, Share.of(0, 10).low());
    assertEquals(1, Share.of(10, 10).high());
    double z2 = 1.959963984540054 * 1.959963984540054;
    assertEquals(z2 / (10 + z2), Share.of(0, 10).high(), 1e-12);
  }

  @Test
  void nothingLookedAtMayBeAnything() {
    Share share = Share.of(0, 0);
    assertNull(share.mean());
    assertEquals(0, share.low());
    assertEquals(1, share.high());
  }

  @Test
  void moreThanThereAreIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Share.of(3, 2));
  }
}
