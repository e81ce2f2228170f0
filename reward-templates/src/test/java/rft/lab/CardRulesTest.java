package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.reward.Abstain;
import rft.reward.RewardFunction;
import rft.reward.Score;

/** Rewards whose faults are known, and how their cards are read. */
final class CardRulesTest {
  @Test
  void aGoldAnswerWithoutFullMarksBreaksTheReward() {
    RewardFunction unequal =
        (task, answer) -> task.id().equals("t7") ? Score.of(0.5) : Cards.EXACT.score(task, answer);
    Card card = Cards.card(unequal, Answers.groups(64, 8, 0.3));
    assertEquals(List.of("t7"), card.gold().misses().stream().map(Card.Miss::taskId).toList());
    Cards.assertReads(
        Card.Outcome.BROKEN, "1 of 64 gold", "fix the gold answer of task t7, or the reward", card);
  }

  @Test
  void whereNoGoldAnswerPassesTheRewardIsToBeMended() {
    Cards.assertReads(
        Card.Outcome.BROKEN,
        "64 of 64 gold answers do not get full marks",
        "make the reward pay the gold answer of task t0: \"0\" gets 0",
        RewardFunction.ofNumber((task, answer) -> 0),
        0.3);
  }

  @Test
  void aRewardThatFailsOftenIsBrokenAndItsKindsAreCounted() {
    Card card = Cards.card(failing(6), Answers.groups(64, 8, 0));
    Cards.assertReads(Card.Outcome.BROKEN, "fails on 17 %", "exception, as of task t", card);
    assertEquals("exception", card.trouble().kinds().get(0).kind());
    assertEquals(0, card.repeats().answers());
  }

  @Test
  void sixPerCentOfFailuresAreNotSureUntilThereAreEnough() {
    // Every 17th answer fails: 5.9 %.
    Card few = Cards.card(failing(17), Answers.groups(64, 8, 0));
    Cards.assertReads(Card.Outcome.NOT_SURE, "fails on 6 %", "repair the", few);
    Card many = Cards.card(failing(17), Answers.groups(600, 8, 0));
    Cards.assertReads(Card.Outcome.BROKEN, "fails on 6 %", "repair the", many);
  }

  @Test
  void aFailureNowAndThenIsSound() {
    Card card = Cards.card(failing(256), Answers.groups(64, 8, 0.3));
    assertEquals(Card.Outcome.READY, CardRules.reading(card, 0).outcome());
    assertTrue(card.trouble().failed().count() > 0);
  }

  /** Fails on every n-th answer that is wrong. */
  private static RewardFunction failing(int every) {
    return (task, answer) -> {
      boolean right = Cards.EXACT.score(task, answer).reward().orElse(0) == 1;
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
    Cards.assertReads(
        Card.Outcome.TOO_HARD,
        "100 % of groups of 8 are expected to be all bad",
        "fine-tune on examples first: none of 512 answers",
        Cards.EXACT,
        0);
  }

  @Test
  void whereLargerGroupsHelpTheyAreAdvised() {
    Cards.assertReads(
        Card.Outcome.TOO_HARD, "all bad", "raise the group size to", Cards.EXACT, 0.03);
  }

  @Test
  void aRewardThatAlwaysPaysTeachesNothing() {
    Cards.assertReads(
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
    CardPlan plan =
        new CardPlan(FullMarks.ONE, 4, 0, Duration.ofSeconds(1), null, Map.of(), Cards::centred);
    Card card =
        plan.card(Cards.EXACT.asGroup(), groups.stream().map(AnswerGroup::task).toList(), groups);
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
    Card card = Cards.card(tens, Answers.groups(64, 8, 0.3));
    Cards.assertReads(
        Card.Outcome.NOT_SURE, "every gold answer gets 0.8", "--full-marks 0.8", card);
    CardPlan declared =
        new CardPlan(
            new FullMarks(0.8), 8, 64, Duration.ofSeconds(2), null, Map.of(), Cards::centred);
    Card again = declared.card(tens.asGroup(), Answers.tasks(64), Answers.groups(64, 8, 0.3));
    assertEquals(Card.Outcome.READY, CardRules.reading(again, 0).outcome());
  }

  @Test
  void whatPaysMoreThanGoldIsNoOtherMaximum() {
    RewardFunction wrong =
        RewardFunction.ofNumber(
            (task, answer) -> answer.text().equals(task.referenceText()) ? 0.8 : 0.9);
    Card card = Cards.card(wrong, Answers.groups(64, 8, 0.3));
    assertNull(card.gold().alternative());
    assertEquals(Card.Outcome.BROKEN, CardRules.reading(card, 0).outcome());
  }

  @Test
  void aRewardThatMostlyDoesNotApplyIsNotSure() {
    RewardFunction shy = (task, answer) -> new Abstain("no \u001b[31msums");
    Cards.assertReads(
        Card.Outcome.NOT_SURE, "does not apply to 100 %", "\"no \\u001b[31msums\"", shy, 0.3);
  }

  @Test
  void aRewardThatWantsAFormIsJudgedInIt() {
    RewardFunction boxed =
        RewardFunction.ofCheck(
            (task, answer) -> answer.text().endsWith("\\boxed{" + task.referenceText() + "}"));
    Card card = Cards.card(boxed, Answers.groups(64, 8, 0.3));
    assertEquals("\\boxed{{answer}}", card.gold().form());
    assertEquals(64, card.gold().full());
    Cards.assertReads(Card.Outcome.TOO_HARD, "all bad", "fine-tune", card);
  }

  @Test
  void anUnusualFormIsLearnedFromAnswersThatArePaid() {
    RewardFunction odd =
        RewardFunction.ofCheck(
            (task, answer) -> answer.text().contains("=> " + task.referenceText() + " !"));
    List<AnswerGroup> groups =
        Answers.groups(64, task -> List.of("so => " + task + " !", "no", "no", "no"));
    Card card = Cards.card(odd, groups);
    assertEquals("so => {answer} !", card.gold().form());
    assertEquals(Card.Outcome.READY, CardRules.reading(card, 0).outcome());
  }

  @Test
  void aFormMustSayWhereTheReferenceGoes() {
    assertThrows(IllegalArgumentException.class, () -> new GoldForm("Answer:"));
  }
}
