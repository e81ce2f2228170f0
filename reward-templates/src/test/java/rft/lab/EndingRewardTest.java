package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.RewardCompiler;
import rft.reward.RewardUnit;

/** A reward that ends its process must not end a gate as if all were well. */
final class EndingRewardTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final RewardUnit ENDING =
      new RewardCompiler()
          .compile("ending", "if (completion.length() > 3) System.exit(0); return 1;");

  @Test
  void itsExamplesFailAndThoseThatItSurvivesPass() {
    Task task = Task.of("t", "Say a.", "a");
    Expectation one = Expectation.exactly(1);

    List<ReplayedExample> replayed =
        ReplayedExample.all(
            ENDING,
            List.of(
                RewardExample.of(task, Completion.of("aaaa"), one),
                RewardExample.of(task, Completion.of("a"), one)),
            LIMIT);

    Failure failure = assertInstanceOf(Failure.class, replayed.get(0).verdict());
    assertEquals(Failure.Kind.WORKER_DIED, failure.kind());
    assertFalse(replayed.get(0).passes());
    assertTrue(replayed.get(1).passes(), replayed.toString());
  }

  @Test
  void itsCardIsBrokenAndNamesWhatEnded() {
    CardPlan plan = new CardPlan(FullMarks.ONE, 2, 8, LIMIT, null, Map.of(), Cards::centred);
    List<AnswerGroup> groups = Answers.groups(6, task -> List.of("" + task, "long"));

    Card card = plan.card(ENDING, List.of(), groups, () -> false);

    assertEquals(6, card.trouble().failed().count());
    assertEquals("worker_died", card.trouble().kinds().get(0).kind());
    assertEquals(0, card.repeats().answers());
    assertEquals(Card.Outcome.BROKEN, CardRules.reading(card, 0).outcome());
  }
}
