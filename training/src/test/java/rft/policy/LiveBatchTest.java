package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveBatchTest {
  private static final int[] LONG = {3, 7, 11, 2, 9, 9, 4};
  private static final int[] SHORT = {5, 9};
  private static final AdapterShape SHAPE = new AdapterShape(4, 8, AdapterShape.ALL_TARGETS);
  private static final SamplingSettings PLAIN = new SamplingSettings(20, 1, 1, 0);
  private static final SamplingSettings FILTERED = new SamplingSettings(20, 0.7, 0.8, 12);

  private final Policy policy = Policy.random(TinyModels.groupedQuery(), 5, "cpu");
  private Variant tuned;

  @BeforeEach
  void tune() {
    policy.attachAdapter(SHAPE, 1);
    TinyModels.perturb(policy, 0.1, 2);
    tuned = Variant.adapted(policy, SHAPE, policy.state());
  }

  @AfterEach
  void free() {
    tuned.close();
    policy.close();
  }

  /** One completion to draw, with the random numbers of its seed. */
  private record Wanted(List<int[]> prompts, SamplingSettings settings, int seed) {
    Wanted(int[] prompt, SamplingSettings settings, int seed) {
      this(List.of(prompt), settings, seed);
    }

    LiveRow row(int top) {
      return new LiveRow(prompts.get(0), settings, token -> SamplerTest.uniform(seed, token), top);
    }

    List<Integer> sampled(Policy policy) {
      try (Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of())) {
        return Arrays.stream(
                sampler
                    .sample(
                        prompts,
                        1,
                        settings,
                        (row, token) -> SamplerTest.uniform(seed, token),
                        () -> false)
                    .get(0)
                    .tokens())
            .boxed()
            .toList();
      }
    }
  }

  private static List<Wanted> mixture() {
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      SamplingSettings settings =
          List.of(PLAIN, FILTERED, SamplingSettings.greedy(14), new SamplingSettings(9, 1.3, 1, 0))
              .get(i % 4);
      wanted.add(new Wanted(i % 3 == 0 ? LONG : SHORT, settings, i));
    }
    return wanted;
  }

  @Test
  void whatARowDrawsDoesNotDependOnWhoJoinsAndLeaves() {
    List<Wanted> wanted = mixture();
    Map<LiveRow, List<Integer>> drawn = new LinkedHashMap<>();
    try (LiveBatch batch = new LiveBatch(tuned, 3)) {
      int next = 0;
      int largest = 0;
      for (int round = 0; next < wanted.size() || batch.size() > 0; round++) {
        batch.leave(row -> row.drawn() == row.settings().maxNewTokens());
        batch.step();
        drawn.forEach((row, tokens) -> note(row, tokens));
        int joining = Math.min(round % 3, wanted.size() - next);
        if (joining > 0) {
          List<LiveRow> rows =
              wanted.subList(next, next + joining).stream().map(w -> w.row(-1)).toList();
          batch.join(rows);
          rows.forEach(row -> drawn.put(row, new ArrayList<>(List.of(row.last().id()))));
          next += joining;
        }
        largest = Math.max(largest, batch.size());
      }
      assertTrue(largest > 4, "the case needs rows beside each other, there were " + largest);
    }
    List<List<Integer>> live = List.copyOf(drawn.values());
    for (int i = 0; i < wanted.size(); i++) {
      assertEquals(wanted.get(i).sampled(policy), live.get(i), "row " + i);
    }
  }

  private static void note(LiveRow row, List<Integer> tokens) {
    if (tokens.size() < row.drawn()) {
      tokens.add(row.last().id());
    }
  }

  @Test
  void logProbsAreThoseOfTheScorer() {
    try (LiveBatch batch = new LiveBatch(tuned)) {
      LiveRow asked = new Wanted(LONG, FILTERED, 3).row(4);
      batch.join(List.of(new Wanted(SHORT, PLAIN, 4).row(-1), asked));
      List<DrawnToken> tokens = new ArrayList<>(List.of(asked.last()));
      while (tokens.size() < 20) {
        batch.step();
        tokens.add(asked.last());
      }
      int[] ids = tokens.stream().mapToInt(DrawnToken::id).toArray();
      float[] scored =
          new Scorer(policy, 1)
              .score(PolicyView.TUNED, List.of(LONG), List.of(Scorer.Row.of(0, ids)))
              .logProbs()
              .get(0);
      for (int i = 0; i < ids.length; i++) {
        assertEquals(scored[i], tokens.get(i).logProb(), 2e-5);
        assertLikeliestFirst(tokens.get(i), 4);
      }
    }
  }

  private static void assertLikeliestFirst(DrawnToken token, int count) {
    List<DrawnToken.Likely> likeliest = token.likeliest();
    assertEquals(count, likeliest.size());
    assertTrue(likeliest.get(0).logProb() >= token.logProb());
    for (int i = 1; i < count; i++) {
      assertTrue(likeliest.get(i - 1).logProb() >= likeliest.get(i).logProb());
    }
  }

  @Test
  void aTextIsRankedAsItWasDrawn() {
    int[] text = IntStream.range(0, 80).map(i -> (i * 7) % 61).toArray();
    int[] rest = Arrays.copyOfRange(text, 1, text.length);
    float[] scored =
        new Scorer(policy, 1)
            .score(PolicyView.TUNED, List.of(new int[] {text[0]}), List.of(Scorer.Row.of(0, rest)))
            .logProbs()
            .get(0);
    assertRanked(scored, rest, tuned.rank(text, 3));
    assertRanked(scored, rest, tuned.rank(text, 3, 7));
    assertRanked(scored, rest, tuned.rank(text, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> tuned.rank(new int[] {1}, 0));
    assertThrows(IllegalArgumentException.class, () -> tuned.rank(new int[97], 0));
  }

  private static void assertRanked(float[] scored, int[] rest, List<DrawnToken> ranked) {
    assertEquals(rest.length, ranked.size());
    for (int i = 0; i < rest.length; i++) {
      assertEquals(rest[i], ranked.get(i).id());
      assertEquals(scored[i], ranked.get(i).logProb(), 2e-5);
      assertLikeliestFirst(ranked.get(i), 3);
    }
  }

  @Test
  void variantsOfOnePolicyAnswerEachWithItsOwnWeights() {
    Wanted wanted = new Wanted(LONG, SamplingSettings.greedy(12), 0);
    List<Integer> adapted = drawn(tuned, wanted);
    try (Variant base = Variant.base(policy);
        Variant replaced = Variant.replaced(policy, other())) {
      List<Integer> plain = drawn(base, wanted);
      assertEquals(wanted.sampled(policy), adapted);
      assertTrue(!plain.equals(adapted) && !drawn(replaced, wanted).equals(plain));
      assertEquals(plain, drawn(base, wanted));
    }
  }

  private static Map<String, float[]> other() {
    try (Policy second = Policy.random(TinyModels.groupedQuery(), 6, "cpu")) {
      return second.weights();
    }
  }

  private static List<Integer> drawn(Variant variant, Wanted wanted) {
    try (LiveBatch batch = new LiveBatch(variant)) {
      LiveRow row = wanted.row(-1);
      batch.join(List.of(row));
      List<Integer> tokens = new ArrayList<>(List.of(row.last().id()));
      while (tokens.size() < wanted.settings().maxNewTokens()) {
        batch.step();
        tokens.add(row.last().id());
      }
      return tokens;
    }
  }

  @Test
  void rowsOfOnePromptShareItAndDrawTheirOwn() {
    try (LiveBatch batch = new LiveBatch(tuned)) {
      List<LiveRow> rows =
          IntStream.range(0, 6).mapToObj(i -> new Wanted(LONG, PLAIN, i).row(-1)).toList();
      batch.join(rows);
      batch.step();
      int[] second = rows.stream().mapToInt(row -> row.last().id()).toArray();
      int[] alone =
          IntStream.range(0, 6)
              .map(i -> new Wanted(LONG, PLAIN, i).sampled(policy).get(1))
              .toArray();
      assertArrayEquals(alone, second);
    }
  }

  @Test
  void aRowThatDoesNotFitTheContextIsRefused() {
    try (LiveBatch batch = new LiveBatch(tuned)) {
      LiveRow row = new Wanted(LONG, new SamplingSettings(90, 1, 1, 0), 0).row(-1);
      assertThrows(IllegalArgumentException.class, () -> batch.join(List.of(row)));
      LiveRow fits = new Wanted(LONG, new SamplingSettings(89, 1, 1, 0), 0).row(-1);
      batch.join(List.of(fits));
      while (fits.drawn() < 89) {
        batch.step();
      }
      assertEquals(1, batch.size());
    }
  }
}
