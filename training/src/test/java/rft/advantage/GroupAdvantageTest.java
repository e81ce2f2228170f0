package rft.advantage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GroupAdvantageTest {
  private static final double NONE = Double.NaN;

  static Stream<GroupAdvantage> rules() {
    return Stream.of(
        GroupAdvantage.group(),
        GroupAdvantage.batch(),
        GroupAdvantage.none(),
        GroupAdvantage.rloo());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void equalRewardsGiveExactlyZero(GroupAdvantage rule) {
    for (double reward : new double[] {0.1, 0.35, 1.0 / 3, -0.7, 1e-9, 1e9}) {
      for (int size = 1; size <= 16; size++) {
        double[] equal = new double[size];
        Arrays.fill(equal, reward);
        double[][] advantages = rule.of(new double[][] {equal, {0, 1}});
        assertArrayEquals(new double[size], absolute(advantages[0]));
        assertTrue(advantages[1][1] > 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRolloutWithoutARewardGetsZeroAndLeavesTheStatistics(GroupAdvantage rule) {
    double[][] with = rule.of(new double[][] {{1, NONE, 0, 0.5}, {0, 1}});
    double[][] without = rule.of(new double[][] {{1, 0, 0.5}, {0, 1}});
    assertEquals(0, with[0][1]);
    assertArrayEquals(without[0], new double[] {with[0][0], with[0][2], with[0][3]});
    assertArrayEquals(without[1], with[1]);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aSingleRewardInAGroupGivesZero(GroupAdvantage rule) {
    double[][] advantages = rule.of(new double[][] {{0.9, NONE, NONE}, {0.4}, {0, 1}});
    assertArrayEquals(new double[3], advantages[0]);
    assertArrayEquals(new double[1], advantages[1]);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void nothingToCompareGivesZeroAndNoNaN(GroupAdvantage rule) {
    assertArrayEquals(
        new double[][] {{0, 0}, {}, {0}}, rule.of(new double[][] {{NONE, NONE}, {}, {1}}));
    assertEquals(0, rule.of(new double[0][]).length);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void advantagesOfAGroupSumToZeroInTheOrderOfTheRewards(GroupAdvantage rule) {
    Random random = new Random(1);
    double[][] rewards = new double[5][];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = random.doubles(2 + i).toArray();
    }
    double[][] advantages = rule.of(rewards);
    for (int i = 0; i < rewards.length; i++) {
      assertEquals(0, Arrays.stream(advantages[i]).sum(), 1e-12);
      for (int j = 1; j < rewards[i].length; j++) {
        assertEquals(
            Double.compare(rewards[i][j], rewards[i][0]),
            Double.compare(advantages[i][j], advantages[i][0]));
      }
    }
  }

  @Test
  void groupScalingForgetsOffsetAndScale() {
    double[] rewards = {0, 1, 0.25, 0.75};
    double[] moved = Arrays.stream(rewards).map(reward -> 1000 * reward + 7).toArray();
    double[][] advantages = GroupAdvantage.group().of(new double[][] {rewards, moved});
    assertArrayEquals(advantages[0], advantages[1], 1e-3);
  }

  @Test
  void batchScalingKeepsTheProportionsBetweenGroups() {
    double[][] advantages = GroupAdvantage.batch().of(new double[][] {{0, 1}, {0.4, 0.5}});
    assertEquals(10, advantages[0][1] / advantages[1][1], 1e-9);
  }

  @Test
  void leaveOneOutComparesWithTheMeanOfTheOthers() {
    double[] advantages = GroupAdvantage.rloo().of(new double[][] {{1, 0, 0.5, 0.2}})[0];
    assertEquals(1 - 0.7 / 3, advantages[0], 1e-15);
    assertEquals(0 - 1.7 / 3, advantages[1], 1e-15);
  }

  @Test
  void sevenEqualRewardsAndOneOtherLeaveNoResidue() {
    double[] rewards = {0.35, 0.35, 0.35, 0.35, 0.35, 0.35, 0.35, 0.9};
    double[] scaled = GroupAdvantage.group().of(new double[][] {rewards})[0];
    double[] equal = Arrays.copyOf(scaled, 7);
    assertEquals(1, Arrays.stream(equal).distinct().count());
    assertEquals(7 / Math.sqrt(8), scaled[7], 2e-3);
    assertEquals(0.55, GroupAdvantage.rloo().of(new double[][] {rewards})[0][7], 1e-15);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hugeRewardsStayFinite(GroupAdvantage rule) {
    double[][] advantages = rule.of(new double[][] {{1e9, -1e9, 0}, {1e9, 1e9, 1e9 + 1}});
    assertTrue(
        Arrays.stream(advantages).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void anInfiniteRewardIsRefused(GroupAdvantage rule) {
    double[][] rewards = {{0, Double.POSITIVE_INFINITY}};
    String message =
        assertThrows(IllegalArgumentException.class, () -> rule.of(rewards)).getMessage();
    assertTrue(message.contains("Infinity"), message);
  }

  private static double[] absolute(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }
}
