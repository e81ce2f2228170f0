package rft.advantage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RewardSpreadTest {
  @Test
  void rewardsThatDifferByRoundingAloneHaveNoSpread() {
    RewardSpread spread = RewardSpread.of(0.1 + 0.2, 0.3, 0.3);
    assertEquals(0, spread.std());
    assertTrue(spread.isZero());
  }

  @Test
  void aSmallDifferenceIsASpreadAndOneRewardHasNone() {
    assertEquals(Math.sqrt(0.5) * 1e-6, RewardSpread.of(0, 1e-6).std(), 1e-15);
    assertTrue(Double.isNaN(RewardSpread.of(1).std()));
    assertFalse(RewardSpread.of(1).isZero());
  }
}
