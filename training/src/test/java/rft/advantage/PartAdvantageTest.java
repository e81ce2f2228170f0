package rft.advantage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PartAdvantageTest {
  private static final double NONE = Double.NaN;

  static Stream<PartAdvantage> rules() {
    return Stream.of(
        PartAdvantage.normalizeThenSum(1, 0.5),
        PartAdvantage.sumThenNormalize(GroupAdvantage.group(), 1, 0.5));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aGroupWithoutSpreadInAnyPartGetsExactlyZero(PartAdvantage rule) {
    double[][] right = {{0.1, 0.1, 0.1}, {0, 1, 0.3}, {0.7, NONE}};
    double[][] brief = {{0.3, 0.3, 0.3}, {0.2, 0.9, NONE}, {0.7, NONE}};
    double[][] advantages = rule.of(new double[][][] {right, brief});
    assertArrayEquals(new double[3], absolute(advantages[0]));
    assertArrayEquals(new double[2], absolute(advantages[2]));
    assertTrue(advantages[1][1] > 0);
  }

  @Test
  void partsThatCancelKeepTheirSignalOnlyWhenComparedOneByOne() {
    double[][][] parts = {{{10, 0, 10, 0}}, {{0, 10, 0, 9}}};
    assertEquals(
        0, PartAdvantage.sumThenNormalize(GroupAdvantage.none(), 1, 1).of(parts)[0][0], 0.3);
    double[] apart = PartAdvantage.normalizeThenSum(1, 0.5).of(parts)[0];
    assertTrue(apart[0] > 0.5 && apart[1] < -0.5);
  }

  @Test
  void everyPartWeighsByItsWeightWhateverItsScale() {
    double[][] small = {{0, 0.01, 0, 0.01}};
    double[][] large = {{0, 0, 100, 100}};
    double[] equal = PartAdvantage.normalizeThenSum(1, 1).of(new double[][][] {small, large})[0];
    assertEquals(0, equal[1], 0.02);
    assertEquals(0, equal[2], 0.02);
    assertTrue(equal[3] > 1);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void partsMustBeAsManyAsWeightsAndOfOneShape(PartAdvantage rule) {
    String count =
        assertThrows(IllegalArgumentException.class, () -> rule.of(new double[1][1][2]))
            .getMessage();
    assertTrue(count.contains("1 parts and 2 weights"), count);
    double[][][] ragged = {{{1, 2}}, {{1, 2, 3}}};
    String shape = assertThrows(IllegalArgumentException.class, () -> rule.of(ragged)).getMessage();
    assertTrue(shape.contains("[3]") && shape.contains("[2]"), shape);
  }

  @Test
  void spreadIsZeroOnlyWhereTwoRewardsAgree() {
    assertTrue(RewardSpread.of(0.3, 0.1 + 0.2).isZero());
    assertTrue(RewardSpread.of(1, NONE, 1).isZero());
    assertFalse(RewardSpread.of(1, NONE).isZero());
    assertFalse(RewardSpread.of().isZero());
    assertFalse(RewardSpread.of(0, 1).isZero());
    assertFalse(RewardSpread.ofBatch(new double[][] {{1, 1}, {0, 0}}).isZero());
    assertEquals(Math.sqrt(0.5), RewardSpread.of(0, 1).std(), 1e-15);
  }

  private static double[] absolute(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }
}
