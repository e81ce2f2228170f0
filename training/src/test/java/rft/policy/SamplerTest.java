package rft.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final int[] LONG = {3, 7, 11, 2, 9, 9, 4};
  private static final int[] SHORT = {5, 9};

  static double uniform(int row, int token) {
    return CounterRandom.uniform(17, CounterRandom.Purpose.SAMPLE, row, token);
  }

  private static Policy policy() {
    Policy policy = Policy.random(TinyModels.groupedQuery(), 5, "cpu");
    policy.attachAdapter(new AdapterShape(4, 8, AdapterShape.ALL_TARGETS), 1);
    TinyModels.perturb(policy, 0.1, 2);
    return policy;
  }

  private static List<SampledTokens> sample(
      Policy policy, List<int[]> prompts, SamplingSettings settings) {
    try (Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of(1, 7, 13, 22))) {
      return sampler.sample(prompts, 8, settings, SamplerTest::uniform, () -> false);
    }
  }

  @Test
  void drawDoesNotDependOnWhatElseIsInTheBatch() {
    try (Policy policy = policy()) {
      SamplingSettings settings = new SamplingSettings(20, 1, 1, 0);
      List<SampledTokens> alone = sample(policy, List.of(SHORT), settings);
      List<SampledTokens> together = sample(policy, List.of(SHORT, LONG), settings);
      for (int i = 0; i < alone.size(); i++) {
        assertEquals(List.of(toList(alone.get(i))), List.of(toList(together.get(i))));
      }
    }
  }

  @Test
  void rowsEndAtTheFirstEndTokenOrAtTheLimit() {
    try (Policy policy = policy()) {
      Set<Integer> ends = Set.of(1, 7, 13, 22);
      int ended = 0;
      for (SampledTokens row :
          sample(policy, List.of(SHORT, LONG), new SamplingSettings(20, 1, 1, 0))) {
        List<Integer> tokens = toList(row);
        assertTrue(tokens.subList(0, tokens.size() - 1).stream().noneMatch(ends::contains));
        assertEquals(row.ended(), ends.contains(tokens.get(tokens.size() - 1)));
        assertTrue(row.ended() || tokens.size() == 20);
        ended += row.ended() ? 1 : 0;
      }
      assertTrue(
          ended > 4 && ended < 16,
          "the case needs rows of both kinds, but " + ended + " of 16 ended");
    }
  }

  @Test
  void greedyTakesTheMostLikelyTokenEverywhere() {
    try (Policy policy = policy()) {
      List<SampledTokens> rows = sample(policy, List.of(LONG), SamplingSettings.greedy(6));
      assertEquals(1, new HashSet<>(rows).size());
      List<SampledTokens> cold = sample(policy, List.of(LONG), new SamplingSettings(6, 1e-4, 1, 0));
      assertEquals(toList(rows.get(0)), toList(cold.get(0)));
    }
  }

  @Test
  void whatIsTooSmallForAFloatTakesTheMostLikelyTokenToo() {
    try (Policy policy = policy()) {
      List<SampledTokens> greedy = sample(policy, List.of(LONG), SamplingSettings.greedy(6));
      for (SamplingSettings settings :
          List.of(new SamplingSettings(6, 1e-46, 1, 0), new SamplingSettings(6, 1, 1e-50, 0))) {
        SampledTokens row = sample(policy, List.of(LONG), settings).get(3);
        assertEquals(toList(greedy.get(0)), toList(row));
      }
    }
  }

  @Test
  void topKOfOneIsGreedyAndCertain() {
    try (Policy policy = policy()) {
      SampledTokens row = sample(policy, List.of(LONG), new SamplingSettings(6, 1, 1, 1)).get(3);
      assertEquals(
          toList(sample(policy, List.of(LONG), SamplingSettings.greedy(6)).get(0)), toList(row));
      for (int t = 0; t < row.length(); t++) {
        assertEquals(0, row.logProbs()[t], 1e-6);
        assertEquals(0, row.entropies()[t], 1e-6);
      }
    }
  }

  @Test
  void topPKeepsTheSmallestSetThatReachesIt() {
    try (Policy policy = policy()) {
      SamplingSettings all = new SamplingSettings(1, 1, 1, 0);
      SamplingSettings nucleus = new SamplingSettings(1, 1, 0.3, 0);
      Set<Integer> seen = new HashSet<>();
      double entropy = 0;
      double fullEntropy = 0;
      try (Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of())) {
        for (int call = 0; call < 20; call++) {
          int shift = 1000 * call;
          for (SampledTokens row :
              sampler.sample(
                  List.of(LONG), 64, nucleus, (r, t) -> uniform(r + shift, t), () -> false)) {
            seen.add(row.tokens()[0]);
            entropy = row.entropies()[0];
            assertTrue(row.logProbs()[0] > Math.log(0.3 / 61) && row.logProbs()[0] <= 0);
          }
        }
        fullEntropy =
            sampler
                .sample(List.of(LONG), 1, all, SamplerTest::uniform, () -> false)
                .get(0)
                .entropies()[0];
      }
      assertTrue(entropy < fullEntropy, entropy + " should be below " + fullEntropy);
      assertTrue(seen.size() < 40, seen.size() + " different tokens from a nucleus of 0.3");
    }
  }

  @Test
  void drawnTokensFollowTheReportedProbabilities() {
    try (Policy policy = policy();
        Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of())) {
      int rows = 4000;
      double[] counts = new double[61];
      double[] probabilities = new double[61];
      for (SampledTokens row :
          sampler.sample(
              List.of(LONG),
              rows,
              new SamplingSettings(1, 1, 1, 0),
              SamplerTest::uniform,
              () -> false)) {
        counts[row.tokens()[0]]++;
        probabilities[row.tokens()[0]] = Math.exp(row.logProbs()[0]);
      }
      for (int token = 0; token < counts.length; token++) {
        double expected = probabilities[token] * rows;
        assertEquals(expected, counts[token], 5 * Math.sqrt(expected) + 1, "token " + token);
      }
    }
  }

  @Test
  void stopAbandonsTheBatch() {
    try (Policy policy = policy();
        Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of())) {
      int[] asked = {0};
      assertThrows(
          CancellationException.class,
          () ->
              sampler.sample(
                  List.of(LONG),
                  2,
                  new SamplingSettings(9, 1, 1, 0),
                  SamplerTest::uniform,
                  () -> ++asked[0] > 3));
      assertEquals(4, asked[0]);
    }
  }

  @Test
  void promptThatLeavesNoRoomIsRefusedWithNumbers() {
    try (Policy policy = policy();
        Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of())) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  sampler.sample(
                      List.of(LONG),
                      1,
                      new SamplingSettings(90, 1, 1, 0),
                      SamplerTest::uniform,
                      () -> false));
      assertTrue(error.getMessage().contains("7 tokens and 90 new ones exceed the context of 96"));
    }
  }

  private static List<Integer> toList(SampledTokens row) {
    List<Integer> list = new ArrayList<>();
    for (int token : row.tokens()) {
      list.add(token);
    }
    return list;
  }
}
