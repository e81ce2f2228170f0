package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GroupForecastTest {
  private static ValueCounts group(double... rewards) {
    return ValueCounts.of(rewards, FullMarks.ONE);
  }

  private static ValueCounts passes(int passed, int of) {
    return group(IntStream.range(0, of).mapToDouble(i -> i < passed ? 1 : 0).toArray());
  }

  @Test
  void atTheSizeThatWasDrawnTheForecastIsWhatWasSeen() {
    GroupForecast forecast =
        new GroupForecast(List.of(passes(0, 8), passes(8, 8), passes(3, 8), passes(1, 8)));
    GroupForecast.Mix mix = forecast.of(8);
    assertEquals(0.25, mix.allBad().mean(), 1e-12);
    assertEquals(0.5, mix.mixed().mean(), 1e-12);
    assertEquals(0.25, mix.allGood().mean(), 1e-12);
    assertFalse(forecast.reachesBeyond(8));
  }

  @Test
  void smallerGroupsAreCountedOverAllWaysToDrawThem() {
    double[] rewards = {0, 0.5, 1, 0, 1, 1};
    GroupForecast.Mix mix = new GroupForecast(List.of(group(rewards))).of(2);
    int bad = 0;
    int good = 0;
    int pairs = 0;
    for (int i = 0; i < rewards.length; i++) {
      for (int j = i + 1; j < rewards.length; j++) {
        pairs++;
        bad += rewards[i] == rewards[j] && rewards[i] < 1 ? 1 : 0;
        good += rewards[i] == rewards[j] && rewards[i] == 1 ? 1 : 0;
      }
    }
    assertEquals(bad / (double) pairs, mix.allBad().mean(), 1e-12);
    assertEquals(good / (double) pairs, mix.allGood().mean(), 1e-12);
    assertEquals(1 - (bad + good) / (double) pairs, mix.mixed().mean(), 1e-12);
  }

  @Test
  void theMeanOverTasksIsNotPutIntoThePower() {
    // Half of the tasks never pass, half always: no group is mixed, though p is one half.
    List<ValueCounts> tasks = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      tasks.add(passes(i % 2 * 8, 8));
    }
    GroupForecast forecast = new GroupForecast(tasks);
    assertEquals(0, forecast.of(8).mixed().mean(), 1e-12);
    assertTrue(forecast.of(16).mixed().mean() < 0.12, forecast.of(16).toString());
  }

  @Test
  void largerGroupsAreForecastWithinTheirInterval() {
    // Chances of tasks are draws from Beta(1, 3): E[(1-p)^16] = 3/19, E[p^16] is negligible.
    Random random = new Random(5);
    int covered = 0;
    double sum = 0;
    int repetitions = 40;
    for (int repetition = 0; repetition < repetitions; repetition++) {
      List<ValueCounts> tasks = new ArrayList<>();
      for (int task = 0; task < 64; task++) {
        double p = 1 - Math.pow(random.nextDouble(), 1 / 3.0);
        int passed = (int) IntStream.range(0, 8).filter(i -> random.nextDouble() < p).count();
        tasks.add(passes(passed, 8));
      }
      Estimate bad = new GroupForecast(tasks).of(16).allBad();
      sum += bad.mean();
      covered += bad.low() <= 3 / 19.0 && 3 / 19.0 <= bad.high() ? 1 : 0;
    }
    assertEquals(3 / 19.0, sum / repetitions, 0.02);
    assertTrue(covered >= 34, covered + " of " + repetitions + " intervals hold the true share");
  }

  @Test
  void rewardsOfSeveralValuesTeachEvenBelowFullMarks() {
    GroupForecast.Mix mix =
        new GroupForecast(List.of(group(0.1, 0.3, 0.2, 0.1), group(0.5, 0.5, 0.5, 0.5))).of(4);
    assertEquals(0.5, mix.mixed().mean(), 1e-12);
    assertEquals(0.5, mix.allBad().mean(), 1e-12);
    assertEquals(0, mix.allGood().mean());
  }

  @Test
  void whatRoundingTellsApartIsEqual() {
    assertTrue(group(0.1 + 0.2, 0.3).isAllBad());
    assertTrue(group(1, 1 - 1e-12).isAllGood());
  }

  @Test
  void answersWithoutRewardMakeGroupsSmaller() {
    double none = Double.NaN;
    ValueCounts thinned = group(0, 0, none, none);
    assertEquals(2, thinned.scored());
    assertEquals(4, thinned.effective(8));
    assertFalse(group(1, none).usable());
    GroupForecast.Mix mix = new GroupForecast(List.of(thinned, group(none, none))).of(4);
    assertEquals(1, mix.allBad().mean());
  }

  @Test
  void aGroupOfOneIsRefused() {
    GroupForecast forecast = new GroupForecast(List.of(passes(1, 4)));
    assertThrows(IllegalArgumentException.class, () -> forecast.of(1));
  }

  @Test
  void withoutAnyRewardEverythingIsPossible() {
    Estimate bad = new GroupForecast(List.of(group(Double.NaN))).of(8).allBad();
    assertEquals(0, bad.low());
    assertEquals(1, bad.high());
  }

  @Test
  void theGridIsAsGoodAsOneOfAHundredTimesAsManyPoints() {
    int[] passed = {0, 0, 0, 1, 1, 2, 4, 4, 0, 0, 1, 3};
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < 1000; i++) {
      double mean = Math.pow(Math.sin(Math.PI / 2 * (i + 0.5) / 1000), 2);
      for (int j = 0; j < 300; j++) {
        double concentration = 0.05 * Math.pow(1000 / 0.05, j / 299.0);
        double a = mean * concentration;
        double b = concentration - a;
        double likelihood = 1;
        for (int x : passed) {
          likelihood *= rising(a, x) * rising(b, 4 - x) / rising(a + b, 4);
        }
        sum += likelihood;
        weighted += likelihood * rising(b, 16) / rising(a + b, 16);
      }
    }
    List<ValueCounts> tasks = Arrays.stream(passed).mapToObj(x -> passes(x, 4)).toList();
    assertEquals(weighted / sum, new GroupForecast(tasks).of(16).allBad().mean(), 0.004);
  }

  private static double rising(double from, int terms) {
    double product = 1;
    for (int i = 0; i < terms; i++) {
      product *= from + i;
    }
    return product;
  }

  @Test
  void largerGroupsAreNeverMoreOftenAlike() {
    List<ValueCounts> tasks = List.of(passes(0, 4), passes(1, 4), passes(4, 4), passes(0, 4));
    double[] mixed =
        IntStream.of(8, 16, 32, 64)
            .mapToDouble(size -> new GroupForecast(tasks).of(size).mixed().mean())
            .toArray();
    assertEquals(
        Arrays.stream(mixed).boxed().sorted().toList(), Arrays.stream(mixed).boxed().toList());
  }

  @Test
  void aFewTasksAloneMakeNoForecastSure() {
    List<ValueCounts> tasks = IntStream.range(0, 12).mapToObj(i -> passes(4, 8)).toList();
    GroupForecast.Mix mix = new GroupForecast(tasks).of(32);
    assertTrue(mix.allBad().high() > 0.2, mix.toString());
    assertTrue(mix.mixed().low() < 0.8, mix.toString());
  }
}
