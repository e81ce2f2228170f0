package rft.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import rft.policy.CounterRandom.Purpose;

class CounterRandomTest {
  @Test
  void finalizerIsTheOneOfSplitMix64() {
    // The first outputs of SplitMix64 seeded with 1234567, a widely published test vector.
    long[] expected = {
      6457827717110365317L, 3203168211198807973L, -8629252141511181193L, 4593380528125082431L
    };
    long state = 1234567;
    for (long value : expected) {
      state += 0x9E3779B97F4A7C15L;
      assertEquals(value, CounterRandom.mix(state));
    }
  }

  @Test
  void keysDoNotCollideAndOrderMatters() {
    assertNotEquals(
        CounterRandom.bits(1, Purpose.SAMPLE, 2, 3), CounterRandom.bits(1, Purpose.SAMPLE, 3, 2));
    assertNotEquals(
        CounterRandom.bits(1, Purpose.SAMPLE, 2), CounterRandom.bits(1, Purpose.EVALUATE, 2));
    assertNotEquals(
        CounterRandom.bits(1, Purpose.SAMPLE, 2), CounterRandom.bits(2, Purpose.SAMPLE, 2));
  }

  @Test
  void uniformsFillTheUnitIntervalEvenly() {
    int[] bins = new int[16];
    int draws = 64_000;
    for (int i = 0; i < draws; i++) {
      bins[(int) (16 * CounterRandom.uniform(9, Purpose.SAMPLE, i, 0, 5))]++;
    }
    double chi =
        Arrays.stream(bins).mapToDouble(n -> Math.pow(n - draws / 16.0, 2) / (draws / 16.0)).sum();
    assertEquals(15, chi, 22);
  }

  @Test
  void permutationHoldsEveryIndexOnce() {
    int[] order = CounterRandom.permutation(1000, 4, Purpose.ORDER, 2);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, sorted[i]);
    }
    assertNotEquals(
        Arrays.hashCode(order),
        Arrays.hashCode(CounterRandom.permutation(1000, 4, Purpose.ORDER, 3)));
  }
}
