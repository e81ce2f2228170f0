package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PromptGroupsTest {
  private static final List<int[]> PROMPTS =
      List.of(new int[] {3, 7, 11, 2}, new int[] {5, 9}, new int[] {1, 1, 8, 20, 4, 6});

  @Test
  void promptsWithFewerRowsRepeatTheirLastOne() {
    PromptGroups groups = PromptGroups.of(new int[] {0, 0, 0, 2, 5, 5});
    assertEquals(List.of(0, 2, 5), groups.prompts());
    assertArrayEquals(new long[] {0, 1, 2, 3, 3, 3, 4, 5, 5}, groups.spread());
    assertArrayEquals(new long[] {0, 1, 2, 3, 6, 7}, groups.home());
  }

  @Test
  void asManyRowsForEachPromptNeedNoPlaces() {
    PromptGroups groups = PromptGroups.of(new int[] {1, 1, 3, 3});
    assertEquals(List.of(1, 3), groups.prompts());
    assertEquals(0, groups.spread().length + groups.home().length);
  }

  @Test
  void everyRowIsAtItsPlace() {
    PromptGroups groups = PromptGroups.of(new int[] {1, 4, 4, 4, 4, 7, 7, 9});
    for (int row = 0; row < 8; row++) {
      assertEquals(row, groups.spread()[(int) groups.home()[row]]);
    }
  }

  @Test
  void rowsThatReadAPromptTogetherDrawWhatRowsWithCopiesDraw() {
    ModelConfig config = TinyModels.groupedQuery();
    Decoder.Form together = new Decoder.Form(config, Layout.FUSED, Precision.F32, 1);
    Decoder.Form copies = new Decoder.Form(config, Layout.PLAIN, Precision.F32, 1);
    try (Policy fused = Policy.of(together, TinyModels::weights, "cpu");
        Policy plain = Policy.of(copies, TinyModels::weights, "cpu")) {
      assertTrue(fused.decoder().sharesPrompts());
      assertEquals(false, plain.decoder().sharesPrompts());
      assertSame(sample(plain, 1), sample(fused, 1)); // nothing to share
      List<SampledTokens> found = sample(fused, 3);
      assertSame(sample(plain, 3), found);
      int[] longest = new int[PROMPTS.size()];
      for (int i = 0; i < found.size(); i++) {
        longest[i / 3] = Math.max(longest[i / 3], found.get(i).tokens().length);
      }
      int all = Arrays.stream(longest).max().orElseThrow();
      int shortest = Arrays.stream(longest).min().orElseThrow();
      assertTrue(shortest < all, "no prompt was done before another: " + Arrays.toString(longest));
    }
  }

  private static void assertSame(List<SampledTokens> expected, List<SampledTokens> found) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).tokens(), found.get(i).tokens());
      assertArrayEquals(expected.get(i).logProbs(), found.get(i).logProbs(), 1e-4f);
    }
  }

  private static List<SampledTokens> sample(Policy policy, int groupSize) {
    int vocabulary = policy.config().vocabulary();
    Set<Integer> ends = Set.copyOf(IntStream.range(0, vocabulary / 5).boxed().toList());
    try (Sampler sampler = new Sampler(policy, PolicyView.TUNED, ends)) {
      return sampler.sample(
          PROMPTS,
          groupSize,
          new SamplingSettings(20, 1, 1, 0),
          (row, token) -> CounterRandom.uniform(5, CounterRandom.Purpose.SAMPLE, row, token),
          () -> false);
    }
  }
}
