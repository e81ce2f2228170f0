package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import rft.reward.Score;
import rft.rollout.RolloutGroup;

class RandomGroupJudgeTest {
  private static List<Double> coins(long seed, int step, int position) {
    List<RolloutGroup> group = List.of(Groups.of(position, 50));
    return new RandomGroupJudge(seed)
        .judge(group, step).get(0).verdicts().stream().map(v -> ((Score) v).value()).toList();
  }

  @Test
  void coinIsFair() {
    double heads = 0;
    for (int step = 1; step <= 40; step++) {
      for (double coin : coins(3, step, 0)) {
        assertTrue(coin == 0 || coin == 1);
        heads += coin;
      }
    }
    // 2000 coins: standard deviation 22.4.
    assertEquals(1000, heads, 4 * 22.4);
  }

  @Test
  void coinIsTheSameForTheSameKeyAndForNoOther() {
    List<Double> coins = coins(3, 7, 2);
    assertEquals(coins, coins(3, 7, 2));
    List<List<Double>> others = new ArrayList<>();
    others.add(coins(4, 7, 2));
    others.add(coins(3, 8, 2));
    others.add(coins(3, 7, 3));
    others.forEach(other -> assertNotEquals(coins, other));
  }
}
