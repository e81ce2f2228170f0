package rft.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import rft.advantage.GroupAdvantage;
import rft.command.RewardCard;
import rft.command.RewardDiff;
import rft.dataset.Task;
import rft.lab.AnswerGroup;
import rft.lab.Card;
import rft.lab.CardPlan;
import rft.lab.CardRules;
import rft.lab.DiffPlan;
import rft.lab.FullMarks;
import rft.lab.VerdictDiff;
import rft.reward.Completion;
import rft.reward.FailurePolicy;
import rft.reward.RewardFunction;
import rft.reward.Score;

final class LabViewsTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>\u001b[31m";

  private static final RewardFunction REWARD =
      (task, answer) -> {
        if (answer.text().isEmpty()) {
          throw new IllegalArgumentException(HOSTILE);
        }
        return Score.of(answer.text().equals(task.referenceText()) ? 1 : 0);
      };

  private static List<AnswerGroup> groups() {
    List<AnswerGroup> groups = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      groups.add(
          new AnswerGroup(
              Task.of("t" + i, "Say " + i, i == 3 ? "" : "" + i),
              List.of(
                  Completion.of("" + i), Completion.of(HOSTILE), Completion.of(i < 5 ? "" : "x"))));
    }
    return groups;
  }

  private static RewardCard.Report card(RewardFunction reward) {
    CardPlan plan =
        new CardPlan(
            FullMarks.ONE,
            3,
            60,
            Duration.ofSeconds(1),
            null,
            Map.of(),
            r -> GroupAdvantage.group().of(r));
    List<AnswerGroup> groups = groups();
    Card card =
        plan.card(reward.asGroup(), groups.stream().map(AnswerGroup::task).toList(), groups);
    return new RewardCard.Report(
        "r" + HOSTILE, "ab".repeat(32), "tiny", "ds", CardRules.reading(card, 0), card, 1);
  }

  private static String html(Object value) {
    return String.valueOf(Views.bundle(value).getData(MIMEType.TEXT_HTML));
  }

  private static void assertHarmless(Object value) {
    String html = html(value);
    assertFalse(html.contains("<img"), html);
    assertFalse(html.contains("<script"), html);
    assertFalse(Views.text(value).contains("\u001b"), Views.text(value));
  }

  @Test
  void aCardShowsItsVerdictItsGroupsAndAHistogram() {
    RewardCard.Report report = card(REWARD);
    String html = html(report);
    assertTrue(html.contains("<svg"), html);
    assertTrue(html.contains("Next:"), html);
    assertTrue(html.contains("all bad"), html);
    assertTrue(html.contains("19 of 19 get full marks (1), 1 task without reference"), html);
    assertEquals(report.text().orElseThrow(), Views.text(report));
    assertHarmless(report);
  }

  @Test
  void aCardShowsWhatIsWrongWithTheAnswersBehindIt() {
    RewardCard.Report report = card((task, answer) -> Score.of(System.nanoTime() % 1000 / 1e3));
    String html = html(report);
    assertTrue(html.contains("gold answers without full marks"), html);
    assertTrue(html.contains("broken"), html);
    assertHarmless(report);
  }

  @Test
  void aDiffShowsTheAnswersThatChangedAndTheSource() {
    List<VerdictDiff.Pair> pairs =
        groups().stream()
            .map(
                group ->
                    new VerdictDiff.Pair(
                        2,
                        group,
                        List.of(Score.of(1), Score.of(0), Score.of(0)),
                        List.of(Score.of(0), Score.of(1), Score.of(0))))
            .toList();
    VerdictDiff diff =
        new DiffPlan(FullMarks.ONE, FailurePolicy.standard(), r -> GroupAdvantage.group().of(r))
            .diff(pairs);
    RewardDiff.Report report =
        new RewardDiff.Report("old", "new", "run x", diff, "--- old\n-" + HOSTILE, 0, 1);
    String html = html(report);
    assertTrue(html.contains("20 gained"), html);
    assertTrue(html.contains("passes no more"), html);
    assertTrue(html.contains("t7, step 2"), html);
    assertTrue(html.contains("What changed in the source"), html);
    assertHarmless(report);
  }
}
