package rft.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;

final class RubricTest {
  private static final Task TASK = Task.of("t", "2+2?", "4");
  private static final Completion FOUR = Completion.of("4");
  private static final RewardFunction ABSTAINING = (task, c) -> new Abstain("no reference");

  @Test
  void theScoreIsTheWeightedSumAndPartsStayUnweighted() {
    Verdict verdict =
        Rubric.of("right", 2, number(1)).with("short", -0.5, number(3)).score(TASK, FOUR);
    Score score = assertInstanceOf(Score.class, verdict);
    assertEquals(0.5, score.value());
    assertEquals(Map.of("right", 1.0, "short", 3.0), score.parts());
    assertEquals(List.of("right", "short"), List.copyOf(score.parts().keySet()));
  }

  @Test
  void aMetricIsRecordedAndNotRewarded() {
    Verdict verdict =
        Rubric.of("right", 1, number(0.25)).withMetric("length", number(90)).score(TASK, FOUR);
    Score score = assertInstanceOf(Score.class, verdict);
    assertEquals(0.25, score.value());
    assertEquals(90, score.parts().get("length"));
  }

  @Test
  void aPartThatAbstainsCountsNothingAndIsAbsent() {
    Verdict verdict = Rubric.of("a", 1, number(1)).with("b", 1, ABSTAINING).score(TASK, FOUR);
    Score score = assertInstanceOf(Score.class, verdict);
    assertEquals(1, score.value());
    assertEquals(Map.of("a", 1.0), score.parts());
  }

  @Test
  void aProductIsNothingWhereOnePartIsNothing() {
    Rubric product = Rubric.of("a", 2, number(0.5)).with("b", 1, number(3)).by(Combination.PRODUCT);
    assertEquals(3, value(product));
    assertEquals(0, value(product.with("c", 1, number(0))));
    assertEquals(3, value(product.with("c", 1, ABSTAINING).withMetric("m", number(7))));
  }

  @Test
  void theLeastPartDecides() {
    Rubric least = Rubric.of("a", 2, number(0.5)).with("b", 1, number(0.75)).by(Combination.MIN);
    assertEquals(0.75, value(least));
    assertEquals(-1, value(least.with("c", 1, number(-1))));
  }

  @Test
  void behindAClosedGateNothingCounts() {
    Rubric open = Rubric.of("a", 1, number(3)).withGate("format", number(1));
    assertEquals(3, value(open));
    assertEquals(0, value(open.withGate("safe", number(0))));
    assertEquals(0, value(open.withGate("safe", number(-2))));
    assertEquals(0, value(open.withGate("safe", ABSTAINING)));
    Score closed =
        assertInstanceOf(Score.class, open.withGate("safe", number(0)).score(TASK, FOUR));
    assertEquals(Map.of("a", 3.0, "format", 1.0, "safe", 0.0), closed.parts());
    assertEquals(4, value(open.with(new Rubric.Part("b", 1, number(1), true, null))));
    assertFalse(open.isPlainSum());
  }

  @Test
  void aRangeBringsAPartToOneAndCutsOffTheRest() {
    Rubric.Scale short200 = new Rubric.Scale(200, 100);
    for (double[] pair : new double[][] {{100, 1}, {150, 0.5}, {200, 0}, {900, 0}, {3, 1}}) {
      Rubric rubric =
          new Rubric(List.of(new Rubric.Part("length", 1, number(pair[0]), false, short200)));
      Score score = assertInstanceOf(Score.class, rubric.score(TASK, FOUR));
      assertEquals(pair[1], score.value());
      assertEquals(pair[1], score.parts().get("length"));
    }
    assertThrows(IllegalArgumentException.class, () -> new Rubric.Scale(1, 1));
  }

  @Test
  void theWholeStaysWithinItsBounds() {
    Rubric sum = Rubric.of("a", 1, number(3)).with("b", -1, number(5));
    assertEquals(-2, value(sum));
    assertEquals(-1, value(sum.clipped(-1, 1)));
    assertEquals(1, value(Rubric.of("a", 1, number(3)).clipped(-1, 1)));
    assertThrows(IllegalArgumentException.class, () -> sum.clipped(1, -1));
  }

  private static double value(Rubric rubric) {
    return assertInstanceOf(Score.class, rubric.score(TASK, FOUR)).value();
  }

  @Test
  void theRubricAbstainsWhenEveryWeightedPartDoes() {
    Verdict verdict =
        Rubric.of("a", 1, ABSTAINING).withMetric("length", number(9)).score(TASK, FOUR);
    assertEquals(new Abstain("every weighted part abstained: a: no reference"), verdict);
  }

  @Test
  void aFailingPartIsNamed() {
    RewardFunction broken =
        (task, completion) -> {
          throw new IllegalStateException("no network");
        };
    Failure thrown = failureOf(Rubric.of("a", 1, number(1)).with("judge", 1, broken));
    assertEquals(Failure.Kind.EXCEPTION, thrown.kind());
    assertTrue(thrown.detail().startsWith("part judge: "), thrown.detail());
    assertTrue(thrown.detail().contains("IllegalStateException: no network"), thrown.detail());
    Failure nan = failureOf(Rubric.of("ratio", 1, number(Double.NaN)));
    assertEquals(Failure.Kind.NOT_A_NUMBER, nan.kind());
  }

  @Test
  void aSumBeyondTheLimitIsAFailure() {
    Failure failure = failureOf(Rubric.of("a", 1e9, number(1)));
    assertEquals(Failure.Kind.OUT_OF_RANGE, failure.kind());
  }

  @Test
  void costsAddUpAndReasonsAreKept() {
    RewardFunction judge = (task, completion) -> new Score(1, Map.of(), "well said", 0.25);
    Score score =
        assertInstanceOf(
            Score.class, Rubric.of("x", 1, judge).with("y", 1, judge).score(TASK, FOUR));
    assertEquals(0.5, score.costUsd());
    assertEquals("x: well said; y: well said", score.reason());
  }

  @Test
  void rubricsThatCannotMeanAnythingAreRefused() {
    Rubric rubric = Rubric.of("a", 1, number(1));
    assertThrows(IllegalArgumentException.class, () -> rubric.with("a", 1, number(1)));
    assertThrows(IllegalArgumentException.class, () -> Rubric.of("a", 0, number(1)));
    assertThrows(IllegalArgumentException.class, () -> Rubric.of("a", Double.NaN, number(1)));
    assertThrows(IllegalArgumentException.class, () -> Rubric.of(" ", 1, number(1)));
  }

  private static RewardFunction number(double value) {
    return RewardFunction.ofNumber((task, completion) -> value);
  }

  private static Failure failureOf(Rubric rubric) {
    return assertInstanceOf(Failure.class, rubric.score(TASK, FOUR));
  }
}
