package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.GroupReward;
import rft.reward.RewardFunction;
import rft.reward.Score;

/** Rewards whose faults are known, and what their cards say. */
final class CardPlanTest {
  private static final RewardFunction EXACT =
      RewardFunction.ofCheck((task, answer) -> answer.text().equals(task.referenceText()));

  private static final CardPlan PLAN =
      new CardPlan(FullMarks.ONE, 8, 64, Duration.ofSeconds(2), CardPlanTest::centred);

  private static double[][] centred(double[][] rewards) {
    return Arrays.stream(rewards)
        .map(
            group -> {
              double mean = Arrays.stream(group).average().orElse(0);
              return Arrays.stream(group).map(reward -> reward - mean).toArray();
            })
        .toArray(double[][]::new);
  }

  private static Card card(RewardFunction reward, List<AnswerGroup> groups) {
    return card(reward.asGroup(), groups);
  }

  private static Card card(GroupReward reward, List<AnswerGroup> groups) {
    return PLAN.card(reward, groups.stream().map(AnswerGroup::task).toList(), groups);
  }

  private static void assertReads(
      Card.Outcome outcome, String reason, String next, RewardFunction reward, double chance) {
    assertReads(outcome, reason, next, card(reward, Answers.groups(64, 8, chance)));
  }

  private static void assertReads(Card.Outcome outcome, String reason, String next, Card card) {
    Card.Reading reading = CardRules.reading(card, 100);
    assertEquals(outcome, reading.outcome(), reading.toString());
    assertTrue(reading.reason().contains(reason), reading.reason());
    assertTrue(reading.next().contains(next), reading.next());
  }

  @Test
  void aSoundRewardOfAModelThatHalfKnowsIsReady() {
    Card card = card(EXACT, Answers.groups(64, 8, 0.3));
    assertReads(Card.Outcome.READY, "expected to be mixed", "probe", card);
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
  void aGoldAnswerWithoutFullMarksBreaksTheReward() {
    RewardFunction unequal =
        (task, answer) -> task.id().equals("t7") ? Score.of(0.5) : EXACT.score(task, answer);
    Card card = card(unequal, Answers.groups(64, 8, 0.3));
    assertEquals(List.of("t7"), card.gold().misses().stream().map(Card.Miss::taskId).toList());
    assertReads(
        Card.Outcome.BROKEN, "1 of 64 gold", "fix the gold answer of task t7, or the reward", card);
  }

  @Test
  void whereNoGoldAnswerPassesTheRewardIsToBeMended() {
    assertReads(
        Card.Outcome.BROKEN,
        "64 of 64 gold answers do not get full marks",
        "make the reward pay the gold answer of task t0: \"0\" gets 0",
        RewardFunction.ofNumber((task, answer) -> 0),
        0.3);
  }

  @Test
  void aRewardThatPaysAtRandomDiffersWhenRepeated() {
    Random random = new Random(1);
    RewardFunction noisy =
        (task, answer) ->
            EXACT.score(task, answer).reward().orElse(0) == 1
                ? Score.of(1)
                : Score.of(random.nextDouble() / 2);
    assertReads(
        Card.Outcome.BROKEN,
        "when judged once more",
        "depend on task and answer alone",
        noisy,
        0.3);
  }

  @Test
  void aRewardThatDependsOnTimeDiffersWhenRepeated() {
    long start = System.nanoTime();
    RewardFunction aging =
        (task, answer) ->
            EXACT.score(task, answer).reward().orElse(0) == 1
                ? Score.of(1)
                : Score.of(-(System.nanoTime() - start) / 1e12);
    assertReads(Card.Outcome.BROKEN, "judged once more", "got -", aging, 0.3);
  }

  @Test
  void aGroupRewardThatFavoursAPlaceDiffersInAnotherOrder() {
    GroupReward first =
        (task, group) ->
            group.stream()
                .map(
                    answer ->
                        EXACT.score(task, answer).reward().orElse(0) == 1
                            ? (rft.reward.Verdict) Score.of(1)
                            : Score.of(answer == group.get(0) ? 0.5 : 0))
                .toList();
    Card card = card(first, Answers.groups(64, 8, 0.3));
    assertEquals(0, card.repeats().ways().get(0).differing());
    assertReads(Card.Outcome.BROKEN, "judged in another order", "got 0", card);
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
          return callers > 1 ? Score.of(-1) : EXACT.score(task, answer);
        };
    Card card = card(shared, Answers.groups(16, 8, 0.5));
    assertEquals(0, card.repeats().ways().get(1).differing());
    assertReads(Card.Outcome.BROKEN, "judged in parallel", "then -1", card);
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
                : group.stream().map(answer -> EXACT.score(task, answer)).toList();
    Card card = card(slowLater, Answers.groups(10, 2, 0.5));
    assertTrue(card.repeats().ways().stream().allMatch(way -> way.differing() == 0));
  }

  @Test
  void aRewardThatFailsOftenIsBrokenAndItsKindsAreCounted() {
    Card card = card(failing(6), Answers.groups(64, 8, 0));
    assertReads(Card.Outcome.BROKEN, "fails on 17 %", "exception, as of task t", card);
    assertEquals("exception", card.trouble().kinds().get(0).kind());
    assertEquals(0, card.repeats().answers());
  }

  @Test
  void sixPerCentOfFailuresAreNotSureUntilThereAreEnough() {
    // Every 17th answer fails: 5.9 %.
    Card few = card(failing(17), Answers.groups(64, 8, 0));
    assertReads(Card.Outcome.NOT_SURE, "fails on 6 %", "repair the", few);
    Card many = card(failing(17), Answers.groups(600, 8, 0));
    assertReads(Card.Outcome.BROKEN, "fails on 6 %", "repair the", many);
  }

  @Test
  void aFailureNowAndThenIsSound() {
    Card card = card(failing(256), Answers.groups(64, 8, 0.3));
    assertEquals(Card.Outcome.READY, CardRules.reading(card, 0).outcome());
    assertTrue(card.trouble().failed().count() > 0);
  }

  /** Fails on every n-th answer that is wrong. */
  private static RewardFunction failing(int every) {
    return (task, answer) -> {
      boolean right = EXACT.score(task, answer).reward().orElse(0) == 1;
      int place =
          Integer.parseInt(task.referenceText()) * 8
              + (right ? 0 : answer.text().charAt(answer.text().length() - 1) - '0');
      if (!right && place % every == 0) {
        throw new IllegalStateException("boo");
      }
      return Score.of(right ? 1 : 0);
    };
  }

  @Test
  void aModelThatNeverPassesNeedsExamplesFirst() {
    assertReads(
        Card.Outcome.TOO_HARD,
        "100 % of groups of 8 are expected to be all bad",
        "fine-tune on examples first: none of 512 answers",
        EXACT,
        0);
  }

  @Test
  void whereLargerGroupsHelpTheyAreAdvised() {
    assertReads(Card.Outcome.TOO_HARD, "all bad", "raise the group size to", EXACT, 0.03);
  }

  @Test
  void aRewardThatAlwaysPaysTeachesNothing() {
    assertReads(
        Card.Outcome.TOO_EASY,
        "100 % of groups of 8 are expected to be all good",
        "take harder tasks",
        RewardFunction.ofNumber((task, answer) -> 1),
        0.3);
  }

  @Test
  void anIntervalAcrossTheLineAsksForMoreTasks() {
    // 40 of 64 groups are all bad: 62 %, with an interval from 50 to 73 %.
    List<AnswerGroup> groups =
        Answers.groups(64, task -> List.of("x", task < 24 ? String.valueOf(task) : "y", "z", "w"));
    CardPlan plan = new CardPlan(FullMarks.ONE, 4, 0, Duration.ofSeconds(1), CardPlanTest::centred);
    Card card = plan.card(EXACT.asGroup(), groups.stream().map(AnswerGroup::task).toList(), groups);
    Card.Reading reading = CardRules.reading(card, 1000);
    assertEquals(Card.Outcome.NOT_SURE, reading.outcome());
    assertEquals("sample 192 more tasks: --tasks 256", reading.next());
    assertEquals(
        "sample the 10 tasks that are left: --tasks 74", CardRules.reading(card, 10).next());
    assertTrue(CardRules.reading(card, 0).next().startsWith("add tasks to the dataset"));
    assertEquals(0, card.repeats().answers());
  }

  @Test
  void aRewardWithAnotherMaximumAsksForItsDeclaration() {
    RewardFunction tens =
        RewardFunction.ofNumber(
            (task, answer) -> answer.text().equals(task.referenceText()) ? 0.8 : 0.1);
    Card card = card(tens, Answers.groups(64, 8, 0.3));
    assertReads(Card.Outcome.NOT_SURE, "every gold answer gets 0.8", "--full-marks 0.8", card);
    CardPlan declared =
        new CardPlan(new FullMarks(0.8), 8, 64, Duration.ofSeconds(2), CardPlanTest::centred);
    Card again = declared.card(tens.asGroup(), Answers.tasks(64), Answers.groups(64, 8, 0.3));
    assertEquals(Card.Outcome.READY, CardRules.reading(again, 0).outcome());
  }

  @Test
  void whatPaysMoreThanGoldIsNoOtherMaximum() {
    RewardFunction wrong =
        RewardFunction.ofNumber(
            (task, answer) -> answer.text().equals(task.referenceText()) ? 0.8 : 0.9);
    Card card = card(wrong, Answers.groups(64, 8, 0.3));
    assertNull(card.gold().alternative());
    assertEquals(Card.Outcome.BROKEN, CardRules.reading(card, 0).outcome());
  }

  @Test
  void abstentionsAndTasksWithoutReferenceAreCountedNotBlamed() {
    RewardFunction shy =
        (task, answer) ->
            task.id().endsWith("0") ? new Abstain("not mine") : EXACT.score(task, answer);
    List<AnswerGroup> groups = Answers.groups(60, 8, 0.3);
    List<Task> tasks = new java.util.ArrayList<>(groups.stream().map(AnswerGroup::task).toList());
    tasks.add(Task.of("open", "Say something.", ""));
    Card card = PLAN.card(shy.asGroup(), tasks, groups);
    assertEquals(6, card.gold().abstained());
    assertEquals(1, card.gold().withoutReference());
    assertEquals(6, card.signal().unscorable());
    assertEquals(0.1, card.trouble().abstained().mean(), 1e-12);
    assertEquals(Card.Outcome.READY, CardRules.reading(card, 0).outcome());
  }

  @Test
  void aRewardThatMostlyDoesNotApplyIsNotSure() {
    RewardFunction shy = (task, answer) -> new Abstain("no \u001b[31msums");
    assertReads(
        Card.Outcome.NOT_SURE, "does not apply to 100 %", "\"no \\u001b[31msums\"", shy, 0.3);
  }

  @Test
  void aRewardThatPaysLengthIsSeenWithinGroups() {
    RewardFunction wordy = RewardFunction.ofNumber((task, answer) -> answer.text().length() / 50.0);
    List<AnswerGroup> groups =
        Answers.groups(20, task -> List.of("a", "bb", "ccc", "d".repeat(4 + task)));
    Card.LengthEffect effect = card(wordy, groups).length();
    assertNotNull(effect);
    assertEquals(1, effect.correlation().mean(), 1e-9);
    assertTrue(effect.correlation().low() > 0.9);
    assertNull(card(RewardFunction.ofNumber((task, answer) -> 1), groups).length());
  }

  @Test
  void oneBarPerValueOrTenOfEqualWidth() {
    List<AnswerGroup> groups =
        Answers.groups(20, task -> List.of("a".repeat(1 + task), "b", "c", "d"));
    Card many = card(RewardFunction.ofNumber((task, answer) -> answer.text().length()), groups);
    assertEquals(10, many.rewards().bars().size());
    assertEquals(80, many.rewards().bars().stream().mapToInt(Card.Bar::count).sum());
    assertEquals(20, many.rewards().bars().get(9).to(), 1e-9);
    assertEquals(2, many.rewards().bars().get(9).count());
    Card few = card(EXACT, groups);
    assertEquals(List.of(new Card.Bar(0, 0, 80)), few.rewards().bars());
  }

  @Test
  void thereMustBeAnswers() {
    assertThrows(
        IllegalArgumentException.class, () -> card(EXACT, Answers.groups(2, task -> List.of())));
    assertFalse(Card.Outcome.NOT_SURE.words().contains("_"));
  }
}
