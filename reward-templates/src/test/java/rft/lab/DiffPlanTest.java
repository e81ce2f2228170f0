package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.FailurePolicy;
import rft.reward.Score;
import rft.reward.Verdict;

final class DiffPlanTest {
  private static final DiffPlan PLAN =
      new DiffPlan(FullMarks.ONE, FailurePolicy.standard(), DiffPlanTest::centred);

  private static double[][] centred(double[][] rewards) {
    return Arrays.stream(rewards)
        .map(
            group -> {
              double mean = Arrays.stream(group).filter(r -> !Double.isNaN(r)).average().orElse(0);
              return Arrays.stream(group).map(r -> Double.isNaN(r) ? 0 : r - mean).toArray();
            })
        .toArray(double[][]::new);
  }

  private static List<Verdict> scores(double... values) {
    return Arrays.stream(values).<Verdict>mapToObj(Score::of).toList();
  }

  private static VerdictDiff.Pair pair(String id, List<Verdict> first, List<Verdict> second) {
    List<Completion> answers =
        IntStream.range(0, first.size()).mapToObj(i -> Completion.of(id + i)).toList();
    return new VerdictDiff.Pair(1, new AnswerGroup(Task.of(id, "Q", "A"), answers), first, second);
  }

  private static VerdictDiff diff(VerdictDiff.Pair... pairs) {
    return PLAN.diff(List.of(pairs));
  }

  @Test
  void equalRewardsChangeNothing() {
    VerdictDiff diff = diff(pair("a", scores(0, 1, 0.5), scores(0, 1, 0.5)));
    assertEquals(new VerdictDiff.Scores(3, 3, 0.5, 0.5), diff.scores());
    assertEquals(new VerdictDiff.Flips(1, 0, 0, 2), diff.flips());
    assertEquals(new VerdictDiff.Order(3, 0, 0, 0, 0, 1.0), diff.order());
    assertEquals(new VerdictDiff.Advantages(0, 0, 0, 0), diff.advantages());
    assertEquals(List.of(), diff.cases());
  }

  @Test
  void flipsAreCountedBothWaysAndTheWorstStandsFirst() {
    VerdictDiff diff =
        diff(
            pair("a", scores(1, 0, 0.2), scores(0, 1, 0.3)),
            pair(
                "b",
                scores(0, 0),
                List.of(Score.of(0), new Failure(Failure.Kind.EXCEPTION, "boo"))));
    assertEquals(new VerdictDiff.Flips(0, 1, 1, 3), diff.flips());
    assertEquals(new VerdictDiff.Outcomes(0, 1, 0, 0), diff.outcomes());
    assertEquals("fails now", diff.cases().get(0).change());
    assertEquals("b1", diff.cases().get(0).text());
    assertEquals(
        List.of("passes no more", "passes now"),
        diff.cases().subList(1, 3).stream().map(VerdictDiff.Case::change).sorted().toList());
    assertEquals(new VerdictDiff.Scores(4, 1, 0.3, 0.325), diff.scores());
  }

  @Test
  void anAbstentionIsAChangeToo() {
    VerdictDiff diff =
        diff(pair("a", scores(0, 0.5), List.of(Score.of(0), new Abstain("not mine"))));
    assertEquals(new VerdictDiff.Outcomes(0, 0, 0, 1), diff.outcomes());
    assertEquals("abstains now", diff.cases().get(0).change());
  }

  @Test
  void orderIsComparedPairByPairAsByBruteForce() {
    Random random = new Random(4);
    for (int repetition = 0; repetition < 50; repetition++) {
      double[] first = random.doubles(7, 0, 3).map(Math::floor).toArray();
      double[] second = random.doubles(7, 0, 3).map(Math::floor).toArray();
      VerdictDiff.Order order = diff(pair("a", scores(first), scores(second))).order();
      double agreement = 0;
      double toldByFirst = 0;
      double toldBySecond = 0;
      for (int i = 0; i < 7; i++) {
        for (int j = 0; j < 7; j++) {
          double was = Math.signum(first[i] - first[j]);
          double is = Math.signum(second[i] - second[j]);
          agreement += was * is;
          toldByFirst += was * was;
          toldBySecond += is * is;
        }
      }
      assertEquals(21, order.pairs());
      if (toldByFirst * toldBySecond == 0) {
        assertNull(order.tau());
      } else {
        assertEquals(agreement / Math.sqrt(toldByFirst * toldBySecond), order.tau(), 1e-12);
      }
    }
  }

  @Test
  void anInvertedPairTurnsBothAdvantages() {
    VerdictDiff diff = diff(pair("a", scores(0.2, 0.4), scores(0.4, 0.2)));
    assertEquals(new VerdictDiff.Order(1, 1, 0, 0, 1, -1.0), diff.order());
    assertEquals(new VerdictDiff.Advantages(2, 0, 0, 0.2), round(diff.advantages()));
    assertEquals(
        List.of("discouraged now", "encouraged now"),
        diff.cases().stream().map(VerdictDiff.Case::change).sorted().toList());
  }

  private static VerdictDiff.Advantages round(VerdictDiff.Advantages advantages) {
    return new VerdictDiff.Advantages(
        advantages.turned(),
        advantages.vanished(),
        advantages.appeared(),
        Math.rint(advantages.meanChange() * 1e9) / 1e9);
  }

  @Test
  void groupsGainAndLoseTheirSignal() {
    VerdictDiff diff =
        diff(
            pair("gains", scores(0, 0), scores(0, 0.5)),
            pair("loses", scores(0, 1), scores(1, 1)),
            pair("keeps", scores(0, 1), scores(0, 0.5)),
            pair("never", scores(1, 1), scores(0, 0)));
    assertEquals(List.of(new VerdictDiff.Place(1, "gains")), diff.signal().gained());
    assertEquals(List.of(new VerdictDiff.Place(1, "loses")), diff.signal().lost());
    assertEquals(1, diff.signal().both());
    assertEquals(1, diff.signal().neither());
    assertEquals(2, diff.advantages().appeared());
    assertEquals(2, diff.advantages().vanished());
    assertEquals(1, diff.order().parted());
    assertEquals(1, diff.order().merged());
  }

  @Test
  void aSmallChangeOfAShapedRewardIsNoFlip() {
    VerdictDiff diff = diff(pair("a", scores(0.2, 0.4), scores(0.25, 0.4)));
    assertEquals(0, diff.flips().gained() + diff.flips().lost());
    assertEquals("more now", diff.cases().get(0).change());
    assertEquals("other advantage", diff.cases().get(1).change());
  }

  @Test
  void theThresholdSaysWhatPasses() {
    DiffPlan half =
        new DiffPlan(new FullMarks(0.5), FailurePolicy.standard(), DiffPlanTest::centred);
    VerdictDiff diff = half.diff(List.of(pair("a", scores(0.2, 0.4), scores(0.6, 0.4))));
    assertEquals(new VerdictDiff.Flips(0, 1, 0, 1), diff.flips());
  }

  @Test
  void theRunsOwnPolicySaysWhatAFailureIsWorth() {
    List<Verdict> failing = List.of(Score.of(1), new Failure(Failure.Kind.TIMEOUT, "slow"));
    DiffPlan zero =
        new DiffPlan(
            FullMarks.ONE, new FailurePolicy(FailurePolicy.Action.ZERO, 1), DiffPlanTest::centred);
    VerdictDiff counted = zero.diff(List.of(pair("a", scores(1, 0), failing)));
    assertEquals(1, counted.signal().both());
    VerdictDiff abstained = diff(pair("a", scores(1, 0), failing));
    assertEquals(1, abstained.signal().lost().size());
  }

  @Test
  void onlySoManyCasesAreKept() {
    List<VerdictDiff.Pair> many = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      many.add(pair("t" + i, scores(0, 1), scores(1, 0)));
    }
    assertEquals(VerdictDiff.MOST_CASES, PLAN.diff(many).cases().size());
    assertEquals(160, PLAN.diff(many).answers());
  }

  @Test
  void thereIsAVerdictForEachAnswer() {
    List<Verdict> one = Collections.nCopies(1, Score.of(1));
    AnswerGroup two =
        new AnswerGroup(Task.of("a", "Q", "A"), List.of(Completion.of("x"), Completion.of("y")));
    assertThrows(IllegalArgumentException.class, () -> new VerdictDiff.Pair(null, two, one, one));
    assertTrue(PLAN.diff(List.of()).cases().isEmpty());
  }

  @Test
  void theSameAnswerOfAGroupIsOneCase() {
    List<Completion> equal = List.of(Completion.of("x"), Completion.of("x"), Completion.of("y"));
    VerdictDiff diff =
        diff(
            new VerdictDiff.Pair(
                1,
                new AnswerGroup(Task.of("a", "Q", "A"), equal),
                scores(1, 1, 0),
                scores(0, 0, 1)));
    assertEquals(List.of(1, 2), diff.cases().stream().map(VerdictDiff.Case::times).toList());
  }
}
