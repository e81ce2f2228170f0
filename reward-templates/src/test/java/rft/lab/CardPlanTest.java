package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.GroupReward;
import rft.reward.RewardCompiler;
import rft.reward.RewardFunction;
import rft.reward.RewardUnit;
import rft.reward.Score;
import rft.reward.Verdict;

/** What is measured for a card. */
final class CardPlanTest {
  @Test
  void aSoundRewardOfAModelThatHalfKnowsIsReady() {
    Card card = Cards.card(Cards.EXACT, Answers.groups(64, 8, 0.3));
    Cards.assertReads(Card.Outcome.READY, "expected to be mixed", "probe", card);
    assertEquals(64, card.gold().full());
    assertEquals(2, card.rewards().distinct());
    assertEquals(card.rewards().full(), card.rewards().atHigh());
    assertEquals(64, card.repeats().answers());
    assertTrue(card.repeats().ways().stream().allMatch(way -> way.differing() == 0));
    assertEquals(0.3, card.rewards().full().mean(), 0.05);
    // Of a group whose share p is right, the mean distance from the mean is 2 p (1 - p).
    assertEquals(2 * 0.3 * 0.7 * 7 / 8, card.signal().advantage(), 0.05);
  }

  @Test
  void aRewardThatPaysAtRandomDiffersWhenRepeated() {
    Random random = new Random(1);
    RewardFunction noisy =
        (task, answer) ->
            Cards.EXACT.score(task, answer).reward().orElse(0) == 1
                ? Score.of(1)
                : Score.of(random.nextDouble() / 2);
    Cards.assertReads(
        Card.Outcome.BROKEN,
        "when judged once more",
        "depend on task and answer alone",
        noisy,
        0.3);
  }

  @Test
  void aThrottledServiceIsNoReasonToRewriteGoldAnswers() {
    AtomicInteger calls = new AtomicInteger();
    RewardFunction throttled =
        (task, answer) ->
            calls.incrementAndGet() % 3 == 0
                ? new Failure(Failure.Kind.THROTTLED, "slow down")
                : Cards.EXACT.score(task, answer);
    Card card = Cards.card(throttled, Answers.groups(64, 8, 0.3));
    assertEquals(List.of(), card.gold().misses());
    assertEquals(64 - card.gold().full(), card.gold().unanswered());
    assertTrue(card.gold().unanswered() > 10, card.gold().toString());
    Cards.assertReads(Card.Outcome.BROKEN, "fails on", "throttled", card);
  }

  @Test
  void whoeverWantsToStopIsHeardBeforeAllIsJudged() {
    AtomicInteger asked = new AtomicInteger();
    CardPlan plan =
        new CardPlan(FullMarks.ONE, 8, 64, Duration.ofSeconds(5), null, Map.of(), Cards::centred);
    RewardUnit unit = new RewardCompiler().compile("exact", "return completion.equals(answer);");
    List<AnswerGroup> groups = Answers.groups(16, 8, 0.3);
    List<Task> tasks = groups.stream().map(AnswerGroup::task).toList();
    for (int at : List.of(1, 16 + 3, 16 + 16 + 2)) {
      asked.set(0);
      assertThrows(
          CancellationException.class,
          () -> plan.card(unit, tasks, groups, () -> asked.incrementAndGet() == at));
      assertEquals(at, asked.get());
    }
  }

  @Test
  void aRewardThatDependsOnTimeDiffersWhenRepeated() {
    long start = System.nanoTime();
    RewardFunction aging =
        (task, answer) ->
            Cards.EXACT.score(task, answer).reward().orElse(0) == 1
                ? Score.of(1)
                : Score.of(-(System.nanoTime() - start) / 1e12);
    Cards.assertReads(Card.Outcome.BROKEN, "judged once more", "got -", aging, 0.3);
  }

  @SuppressWarnings("ReferenceEquality") // the very answer in the first place, not one like it
  @Test
  void aGroupRewardThatFavoursAPlaceDiffersInAnotherOrder() {
    GroupReward first =
        (task, group) ->
            group.stream()
                .map(
                    answer ->
                        Cards.EXACT.score(task, answer).reward().orElse(0) == 1
                            ? (Verdict) Score.of(1)
                            : Score.of(answer == group.get(0) ? 0.5 : 0))
                .toList();
    Card card = Cards.card(first, Answers.groups(64, 8, 0.3));
    assertEquals(0, card.repeats().ways().get(0).differing());
    Cards.assertReads(Card.Outcome.BROKEN, "judged in another order", "got 0", card);
  }

  @Test
  void aRewardWithSharedStateDiffersInParallel() {
    AtomicInteger inside = new AtomicInteger();
    RewardFunction shared =
        (task, answer) -> {
          int callers = inside.incrementAndGet();
          try {
            Thread.sleep(1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          callers = Math.max(callers, inside.get());
          inside.decrementAndGet();
          return callers > 1 ? Score.of(-1) : Cards.EXACT.score(task, answer);
        };
    Card card = Cards.card(shared, Answers.groups(16, 8, 0.5));
    assertEquals(0, card.repeats().ways().get(1).differing());
    Cards.assertReads(Card.Outcome.BROKEN, "judged in parallel", "then -1", card);
  }

  @Test
  void aTimeOutOnRepeatIsNoOtherScore() {
    AtomicInteger calls = new AtomicInteger();
    GroupReward slowLater =
        (task, group) ->
            calls.incrementAndGet() == 30
                ? List.of(
                    new Failure(Failure.Kind.SERVICE, "down"),
                    new Failure(Failure.Kind.SERVICE, "down"))
                : group.stream().map(answer -> Cards.EXACT.score(task, answer)).toList();
    Card card = Cards.card(slowLater, Answers.groups(10, 2, 0.5));
    assertTrue(card.repeats().ways().stream().allMatch(way -> way.differing() == 0));
  }

  @Test
  void abstentionsAndTasksWithoutReferenceAreCountedNotBlamed() {
    RewardFunction shy =
        (task, answer) ->
            task.id().endsWith("0") ? new Abstain("not mine") : Cards.EXACT.score(task, answer);
    List<AnswerGroup> groups = Answers.groups(60, 8, 0.3);
    List<Task> tasks = new ArrayList<>(groups.stream().map(AnswerGroup::task).toList());
    tasks.add(Task.of("open", "Say something.", ""));
    Card card = Cards.PLAN.card(shy.asGroup(), tasks, groups);
    assertEquals(6, card.gold().abstained());
    assertEquals(1, card.gold().withoutReference());
    assertEquals(6, card.signal().unscorable());
    assertEquals(0.1, card.trouble().abstained().mean(), 1e-12);
    assertEquals(Card.Outcome.READY, CardRules.reading(card, 0).outcome());
  }

  @Test
  void aRewardThatPaysLengthIsSeenWithinGroups() {
    RewardFunction wordy = RewardFunction.ofNumber((task, answer) -> answer.text().length() / 50.0);
    List<AnswerGroup> groups =
        Answers.groups(20, task -> List.of("a", "bb", "ccc", "d".repeat(4 + task)));
    Card.LengthEffect effect = Cards.card(wordy, groups).length();
    assertNotNull(effect);
    assertEquals(1, effect.correlation().mean(), 1e-9);
    assertTrue(effect.correlation().low() > 0.9);
    assertNull(Cards.card(RewardFunction.ofNumber((task, answer) -> 1), groups).length());
  }

  @Test
  void oneBarPerValueOrTenOfEqualWidth() {
    List<AnswerGroup> groups =
        Answers.groups(20, task -> List.of("a".repeat(1 + task), "b", "c", "d"));
    Card many =
        Cards.card(RewardFunction.ofNumber((task, answer) -> answer.text().length()), groups);
    assertEquals(10, many.rewards().bars().size());
    assertEquals(80, many.rewards().bars().stream().mapToInt(Card.Bar::count).sum());
    assertEquals(20, many.rewards().bars().get(9).to(), 1e-9);
    assertEquals(2, many.rewards().bars().get(9).count());
    Card few = Cards.card(Cards.EXACT, groups);
    assertEquals(List.of(new Card.Bar(0, 0, 80)), few.rewards().bars());
  }

  @Test
  void thereMustBeAnswers() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Cards.card(Cards.EXACT, Answers.groups(2, task -> List.of())));
    assertFalse(Card.Outcome.NOT_SURE.words().contains("_"));
  }

  @Test
  void partsShareWhatTellsAnswersApart() {
    RewardFunction parts =
        (task, answer) -> {
          double right = answer.text().startsWith("a") ? 1 : 0;
          double brief = answer.text().length() == 2 ? 1 : 0;
          return new Score(
              3 * right - brief, Map.of("right", right, "brief", brief, "words", 7.0), null, 0);
        };
    // 3 right - brief is 3, 2, 0 and -1: deviations 2, 1, -1 and -2, of which right has 1.5 each.
    List<AnswerGroup> groups = Answers.groups(5, task -> List.of("aaa", "aa", "bbb", "bb"));
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put("right", 3.0);
    weights.put("brief", -1.0);
    weights.put("words", 0.0);
    CardPlan plan =
        new CardPlan(FullMarks.ONE, 4, 0, Duration.ofSeconds(1), null, weights, Cards::centred);
    Card.Parts found = plan.card(parts.asGroup(), List.of(), groups).parts();
    assertEquals(
        List.of(
            new Card.Part("right", 3, 0.5, 0.9),
            new Card.Part("brief", -1, 0.5, 0.1),
            new Card.Part("words", 0, 7, null)),
        found.parts());
    assertEquals(List.of(), found.cancellations());
  }

  @Test
  void partsThatUndoEachOtherAreSaid() {
    RewardFunction undone =
        (task, answer) -> {
          double length = answer.text().length();
          return new Score(0, Map.of("long", length, "short", -length), null, 0);
        };
    List<AnswerGroup> groups = Answers.groups(5, task -> List.of("a", "aa", "aaa", "aaaa"));
    CardPlan plan =
        new CardPlan(
            FullMarks.ONE,
            4,
            0,
            Duration.ofSeconds(1),
            null,
            Map.of("long", 1.0, "short", 1.0),
            Cards::centred);
    Card.Parts found = plan.card(undone.asGroup(), List.of(), groups).parts();
    assertEquals(1, found.cancellations().size());
    assertNull(found.parts().get(0).share());
  }
}
