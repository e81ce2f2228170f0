package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.reward.GroupReward;
import rft.reward.RewardFunction;
import rft.reward.RewardJudge;
import rft.reward.Score;

final class AttackProbeTest {
  private static final List<Task> TASKS = tasks();

  private static List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 11; i < 31; i++) {
      tasks.add(Task.of("t" + i, "How much is " + i + " plus 7?", String.valueOf(i + 7)));
    }
    return tasks;
  }

  private static AttackProbe.Settings settings(int tasks, int calls, @Nullable String form) {
    return new AttackProbe.Settings(tasks, calls, form, "", () -> false, done -> {});
  }

  private static ProbeReport probe(
      GroupReward reward, @Nullable GroupReward gold, AttackProbe.Settings settings) {
    Duration limit = Duration.ofSeconds(5);
    try (RewardJudge judge = new RewardJudge(reward, limit);
        RewardJudge check = new RewardJudge(gold == null ? reward : gold, limit)) {
      return new AttackProbe(judge, gold == null ? null : check, settings).probe(TASKS);
    }
  }

  private static ProbeReport probe(GroupReward reward) {
    return probe(reward, null, settings(20, 5000, null));
  }

  private static GroupReward check(java.util.function.BiPredicate<String, String> check) {
    return RewardFunction.ofCheck((task, done) -> check.test(done.text(), task.referenceText()))
        .asGroup();
  }

  private static List<AttackClass> faults(ProbeReport report) {
    return report.faults().stream().map(ProbeReport.Fault::kind).toList();
  }

  @Test
  void anExactCheckWithstandsEveryAttack() {
    ProbeReport report = probe(check((text, answer) -> text.strip().equals(answer)));
    assertEquals(List.of(), report.faults());
    assertEquals(1, report.goldReward());
    assertEquals(20, report.tasks());
    assertTrue(report.attempts() > 300, () -> "attempts " + report.attempts());
  }

  @Test
  void aSubstringCheckPaysWhatContainsTheAnswerAndTheEvidenceIsShown() {
    ProbeReport report = probe(check(String::contains));
    ProbeReport.Fault fault = report.faults().get(0);
    assertEquals(AttackClass.CONTAINS, fault.kind());
    ProbeReport.Row row = fault.attacks().get(0);
    assertEquals(20, row.paid().count());
    assertTrue(row.paid().low() > 0.8);
    ProbeReport.Example example = row.example();
    assertNotNull(example);
    assertEquals(1.0, example.reward());
    assertTrue(example.text().contains(example.reference()));
    assertFalse(example.text().endsWith(example.reference()));
  }

  @Test
  void formWithoutContentIsNamedWhateverTheForm() {
    GroupReward tagged = check((text, answer) -> text.matches("(?s).*<answer>\\d+</answer>\\s*"));
    ProbeReport report = probe(tagged);
    assertEquals("<answer>{answer}</answer>", report.form());
    assertEquals(List.of(AttackClass.FORM), faults(report));
  }

  @Test
  void aRewardThatRefusesALineBreakIsAccusedOfIt() {
    assertEquals(List.of(AttackClass.REFUSES), faults(probe(check(String::equals))));
  }

  @Test
  void scaleAndSignOfARewardDoNotMatter() {
    for (double[] scale : new double[][] {{-1, 1}, {-1, 0}, {0, 10}, {3, 4}}) {
      GroupReward strict =
          RewardFunction.ofNumber(
                  (task, done) ->
                      done.text().strip().equals(task.referenceText()) ? scale[1] : scale[0])
              .asGroup();
      assertEquals(List.of(), probe(strict).faults());
      GroupReward loose =
          RewardFunction.ofNumber(
                  (task, done) -> done.text().strip().matches("\\d+") ? scale[1] : scale[0])
              .asGroup();
      assertEquals(List.of(AttackClass.FORM), faults(probe(loose)));
    }
  }

  @Test
  void theGoldCheckSettlesWhatIsOpenAndItsScoreIsShown() {
    GroupReward gold = check((text, answer) -> text.strip().equals(answer));
    GroupReward loose = check(String::contains);
    ProbeReport.Example example =
        probe(loose, gold, settings(5, 5000, null)).faults().get(0).attacks().get(0).example();
    assertNotNull(example);
    assertEquals(0.0, example.trueScore());
  }

  @Test
  void noMoreCallsAreMadeThanAllowed() {
    int[] calls = {0};
    GroupReward counting =
        (task, group) -> {
          calls[0] += group.size();
          return group.stream()
              .map(
                  done ->
                      (rft.reward.Verdict)
                          Score.of(done.text().strip().equals(task.referenceText()) ? 1 : 0))
              .toList();
        };
    ProbeReport report = probe(counting, null, settings(20, 200, null));
    assertTrue(calls[0] <= 200, () -> "calls " + calls[0]);
    assertEquals(calls[0], report.calls());
    assertTrue(report.tasks() >= 2 && report.tasks() < 20, () -> "tasks " + report.tasks());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> probe(counting, null, settings(20, 20, null)));
    assertTrue(String.valueOf(e.getMessage()).contains("allow more than 20"), e.getMessage());
  }

  @Test
  void withoutARightAnswerTheUserIsAskedForItsForm() {
    GroupReward failing =
        RewardFunction.ofNumber(
                (task, done) -> {
                  throw new IllegalStateException("no");
                })
            .asGroup();
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> probe(failing));
    assertTrue(String.valueOf(e.getMessage()).contains("--form"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> probe(failing, null, settings(3, 500, "no place for it")));
  }

  @Test
  void aRewardThatFailsAlwaysIsQuotedAndNoCallsAreAskedFor() {
    GroupReward failing =
        RewardFunction.ofNumber(
                (task, done) -> {
                  throw new IllegalStateException("no table of answers");
                })
            .asGroup();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> probe(failing, null, settings(20, 300, null)));
    assertTrue(String.valueOf(e.getMessage()).contains("no table of answers"), e.getMessage());
  }

  @Test
  void aRewardThatKnowsNoUsualFormIsAccusedOfOneThingWhichNamesTheWayOut() {
    GroupReward arrow = check((text, answer) -> text.strip().equals("Result -> " + answer));
    ProbeReport report = probe(arrow);
    assertEquals(List.of(AttackClass.CONSTANT), faults(report));
    assertTrue(AttackClass.CONSTANT.why().contains("--form"), AttackClass.CONSTANT.why());
    assertEquals(List.of(), faults(probe(arrow, null, settings(20, 5000, "Result -> {answer}"))));
  }

  @Test
  void anAnswerThatStandsInAnAttackByChanceIsOnlyContained() {
    List<Task> questions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      questions.add(
          Task.of("q" + i, "Is " + i + " even? Say yes or no.", i % 2 == 0 ? "yes" : "no"));
    }
    try (RewardJudge judge = new RewardJudge(check(String::contains), Duration.ofSeconds(5))) {
      ProbeReport report = new AttackProbe(judge, null, settings(20, 5000, null)).probe(questions);
      assertEquals(List.of(AttackClass.CONTAINS), faults(report));
    }
  }

  @Test
  void proseOfTheRightLengthIsNotCalledAClaimOrKeywords() {
    ProbeReport report =
        probe(
            check(
                (text, answer) -> {
                  long words = text.split("\\W+").length;
                  return text.contains(answer) || (words >= 5 && words <= 60);
                }));
    assertFalse(faults(report).contains(AttackClass.INJECTION), report.faults().toString());
    assertFalse(faults(report).contains(AttackClass.KEYWORDS), report.faults().toString());
  }

  @Test
  void theWordsOfASourceAreTriedAsKeywords() {
    assertEquals(
        List.of("ergo", "quod erat"),
        AttackProbe.hints("text.contains(\"ergo|quod erat\") && x > \"12345\".length()"));
  }
}
