package rft.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.Score;
import rft.reward.Verdict;

/** Pairs and rankings, by a rule that has known habits. */
final class ComparingJudgesTest {
  private static final Task TASK = Task.of("t1", "List three colours", "red green blue");
  private static final String PAIR =
      "For {{prompt}} with {{reference}}, which is better: {{first}} or {{second}}?";
  private static final String RANK = "For {{prompt}} with {{reference}}, rank {{completions}}.";
  private static final List<Completion> GROUP =
      Stream.of("red", "red green blue", "none", "red green", "red green!")
          .map(Completion::of)
          .toList();

  private static List<Double> rewards(List<Verdict> verdicts) {
    return verdicts.stream().map(v -> v.reward().orElse(-1)).toList();
  }

  @Test
  void pairsAreComparedInBothOrders() {
    try (PretendJudge pretend = PretendJudge.start()) {
      List<Verdict> verdicts = pretend.judge().compares(PAIR).score(TASK, GROUP);
      assertEquals(List.of(0.25, 1.0, 0.0, 0.625, 0.625), rewards(verdicts));
      assertEquals("2 won, 1 tied, 1 lost", ((Score) verdicts.get(3)).reason());
    }
  }

  @Test
  void aPreferenceForTheFirstBecomesATieAndNotAWin() {
    try (PretendJudge pretend = PretendJudge.start().prefersFirst(5)) {
      List<Verdict> verdicts = pretend.judge().compares(PAIR).score(TASK, GROUP);
      assertEquals(List.of(0.5, 0.5, 0.5, 0.5, 0.5), rewards(verdicts));
    }
  }

  @Test
  void anAnswerMayBeComparedWithTheReference() {
    try (PretendJudge pretend = PretendJudge.start()) {
      PairwiseJudge reward = pretend.judge().comparesWithReference(PAIR);
      assertEquals(List.of(0.0, 0.5, 0.0, 0.0, 0.0), rewards(reward.score(TASK, GROUP)));
      Task bare = Task.of("t2", "List three colours", "");
      assertInstanceOf(Abstain.class, reward.score(bare, GROUP).get(0));
    }
  }

  @Test
  void aGroupIsRankedByOneQuestion() {
    RecordingModel model = new RecordingModel();
    try (PretendJudge pretend = PretendJudge.start()) {
      assertEquals(
          List.of(0.25, 1.0, 0.0, 0.625, 0.625),
          rewards(pretend.judge().ranks(RANK).score(TASK, GROUP)));
    }
    model.answer("{\"ranking\": [3, [1, 2], 4, 5]}");
    List<Verdict> verdicts = Judge.of(model).ranks(RANK).score(TASK, GROUP);
    assertEquals(1, model.asked());
    assertEquals(
        RecordingModel.COST,
        verdicts.stream().mapToDouble(v -> ((Score) v).costUsd()).sum(),
        1e-12);
    assertEquals(
        List.of(0.0, 0.25, 0.625, 0.625, 1.0), rewards(verdicts).stream().sorted().toList());
  }

  @Test
  void theOrderInTheGroupDoesNotReachTheJudge() {
    RecordingModel model = new RecordingModel();
    model.answer("{\"ranking\": [1, 2, 3, 4, 5]}");
    RankingJudge reward = Judge.of(model).ranks(RANK);
    List<Double> forwards = rewards(reward.score(TASK, GROUP));
    List<Completion> turned = new java.util.ArrayList<>(GROUP);
    java.util.Collections.reverse(turned);
    List<Double> backwards = new java.util.ArrayList<>(rewards(reward.score(TASK, turned)));
    java.util.Collections.reverse(backwards);
    assertEquals(forwards, backwards);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ranking\": [1, 2, 3, 4]}",
        "{\"ranking\": [1, 2, 3, 4, 4]}",
        "{\"ranking\": [0, 1, 2, 3, 4]}",
        "{\"ranking\": [1, 2, 3, 4, 6]}",
        "{\"ranking\": [\"1\", 2, 3, 4, 5]}",
        "{\"order\": [1, 2, 3, 4, 5]}",
        "best is 2"
      })
  void aRankingThatIsNoneIsUnreadable(String reply) {
    RecordingModel model = new RecordingModel();
    model.answer(reply);
    for (Verdict verdict : Judge.of(model).ranks(RANK).score(TASK, GROUP)) {
      assertEquals(Failure.Kind.UNREADABLE, assertInstanceOf(Failure.class, verdict).kind());
    }
  }

  @Test
  void anotherWinnerIsUnreadableAndFewComparisonsAreAFailure() {
    RecordingModel model = new RecordingModel();
    model.answer("{\"winner\": \"A\"}");
    Verdict verdict = Judge.of(model).compares(PAIR).score(TASK, GROUP).get(0);
    Failure failure = assertInstanceOf(Failure.class, verdict);
    assertTrue(failure.detail().startsWith("4 of 4 comparisons"), failure.detail());
    model.answer(
        question ->
            question.contains(">\nnone\n<")
                ? "I will not"
                : question.indexOf(">\nred\n<") >= 0
                    ? "{\"winner\": \"tie\"}"
                    : "{\"winner\": \"first\"}");
    List<Verdict> verdicts = Judge.of(model).compares(PAIR).score(TASK, GROUP);
    assertInstanceOf(Failure.class, verdicts.get(2));
    Score score = assertInstanceOf(Score.class, verdicts.get(0));
    assertEquals("0 won, 3 tied, 0 lost, 1 not made", score.reason());
  }

  @Test
  void whereThereIsNothingToCompareItAbstains() {
    RecordingModel model = new RecordingModel();
    List<Completion> same = List.of(Completion.of("a"), Completion.of("a"));
    for (Verdict verdict : Judge.of(model).ranks(RANK).score(TASK, same)) {
      assertInstanceOf(Abstain.class, verdict);
    }
    assertInstanceOf(Abstain.class, Judge.of(model).compares(PAIR).score(TASK, same).get(0));
    assertEquals(0, model.asked());
  }
}
