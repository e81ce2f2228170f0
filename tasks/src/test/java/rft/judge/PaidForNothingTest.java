package rft.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.Rubric;
import rft.reward.Verdict;

/** A reply that is of no use costs as much as any other. */
final class PaidForNothingTest {
  private static final Task TASK = Task.of("t", "Name a colour.", "red");
  private static final List<Completion> GROUP =
      List.of(Completion.of("red"), Completion.of("blue"), Completion.of("red"));

  private final RecordingModel model = new RecordingModel();

  PaidForNothingTest() {
    model.answer("I would say: good.");
  }

  private static List<Double> costs(List<Verdict> verdicts) {
    verdicts.forEach(verdict -> assertInstanceOf(Failure.class, verdict));
    return verdicts.stream().map(Verdict::costUsd).toList();
  }

  @Test
  void anUnreadableReplyCostsOnceForEqualAnswers() {
    assertEquals(
        List.of(RecordingModel.COST, RecordingModel.COST, 0.0),
        costs(Judge.of(model).scores("{{completion}}").score(TASK, GROUP)));
  }

  @Test
  void anUnreadableRankingIsSharedByItsGroup() {
    double share = RecordingModel.COST / 3;
    assertEquals(
        List.of(share, share, share),
        costs(Judge.of(model).ranks("{{completions}}").score(TASK, GROUP)));
  }

  @Test
  void comparisonsThatCannotBeReadCostInBothOrders() {
    assertEquals(
        List.of(RecordingModel.COST, RecordingModel.COST, 0.0),
        costs(Judge.of(model).compares("{{first}}{{second}}").score(TASK, GROUP)));
  }

  @Test
  void aRubricThatFailsCostsWhatItsPartsDid() {
    ModelJudge judge = Judge.of(model).scores("{{completion}}");
    Verdict verdict = Rubric.of("judge", 1, judge::score).score(TASK, GROUP.get(0));
    assertEquals(List.of(RecordingModel.COST), costs(List.of(verdict)));
  }

  @Test
  void anAnswerThatWasCutOffCostsItsTokens() throws Exception {
    try (ScriptedEndpoint at = new ScriptedEndpoint(ScriptedEndpoint.says("{", "length"))) {
      HttpChatModel cut =
          new HttpChatModel(ChatEndpoint.of(at.url(), "m", null).withPrices(new Prices(2, 0.5, 8)));
      ChatRequest hello = new ChatRequest(List.of(Message.user("Hello")), Map.of());
      ChatException e = assertThrows(ChatException.class, () -> cut.ask(hello));
      // 60 tokens at 2, 40 at 0.5, 10 at 8 dollars for a million.
      assertEquals(220e-6, e.asFailure(null).costUsd(), 1e-12);
    }
  }
}
