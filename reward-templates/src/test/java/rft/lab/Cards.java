package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import rft.reward.GroupReward;
import rft.reward.RewardFunction;

/** Cards of rewards on made-up answers. */
final class Cards {
  static final RewardFunction EXACT =
      RewardFunction.ofCheck((task, answer) -> answer.text().equals(task.referenceText()));

  static final CardPlan PLAN =
      new CardPlan(FullMarks.ONE, 8, 64, Duration.ofSeconds(2), null, Map.of(), Cards::centred);

  private Cards() {}

  static double[][] centred(double[][] rewards) {
    return Arrays.stream(rewards)
        .map(
            group -> {
              double mean = Arrays.stream(group).average().orElse(0);
              return Arrays.stream(group).map(reward -> reward - mean).toArray();
            })
        .toArray(double[][]::new);
  }

  static Card card(RewardFunction reward, List<AnswerGroup> groups) {
    return card(reward.asGroup(), groups);
  }

  static Card card(GroupReward reward, List<AnswerGroup> groups) {
    return PLAN.card(reward, groups.stream().map(AnswerGroup::task).toList(), groups);
  }

  static void assertReads(
      Card.Outcome outcome, String reason, String next, RewardFunction reward, double chance) {
    assertReads(outcome, reason, next, card(reward, Answers.groups(64, 8, chance)));
  }

  static void assertReads(Card.Outcome outcome, String reason, String next, Card card) {
    Card.Reading reading = CardRules.reading(card, 100);
    assertEquals(outcome, reading.outcome(), reading.toString());
    assertTrue(reading.reason().contains(reason), reading.reason());
    assertTrue(reading.next().contains(next), reading.next());
  }
}
