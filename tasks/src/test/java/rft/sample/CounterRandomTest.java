package rft.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import rft.sample.CounterRandom.Purpose;

final class CounterRandomTest {
  @Test
  void theStreamOfAKeyNeverChanges() {
    CounterRandom random = new CounterRandom(1, Purpose.DATASET, 2, 3);
    assertEquals(List.of(281, 402, 690, 635, 535, 926, 693, 420), draws(random, 8));
  }

  @Test
  void everyPartOfTheKeyMatters() {
    List<Integer> draws = draws(new CounterRandom(1, Purpose.DATASET, 2, 3), 8);
    assertNotEquals(draws, draws(new CounterRandom(2, Purpose.DATASET, 2, 3), 8));
    assertNotEquals(draws, draws(new CounterRandom(1, Purpose.CORPUS, 2, 3), 8));
    assertNotEquals(draws, draws(new CounterRandom(1, Purpose.DATASET, 3, 2), 8));
    assertNotEquals(draws, draws(new CounterRandom(1, Purpose.DATASET, 2), 8));
  }

  @Test
  void drawsAreSpreadEvenlyAndBoundsAreIncluded() {
    CounterRandom random = new CounterRandom(7, Purpose.CORPUS);
    int[] seen = new int[6];
    for (int i = 0; i < 60_000; i++) {
      seen[random.between(10, 15) - 10]++;
    }
    for (int count : seen) {
      assertEquals(10_000, count, 400);
    }
  }

  @Test
  void anEmptyRangeIsRefused() {
    CounterRandom random = new CounterRandom(7, Purpose.CORPUS);
    assertThrows(IllegalArgumentException.class, () -> random.below(0));
  }

  private static List<Integer> draws(CounterRandom random, int count) {
    return IntStream.range(0, count).mapToObj(i -> random.below(1000)).toList();
  }
}
