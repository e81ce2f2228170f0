package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.judge.ChatModel;
import rft.judge.ChatReply;
import rft.judge.ChatRequest;
import rft.judge.Judge;
import rft.judge.PairwiseJudge;
import rft.judge.PretendJudge;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.GroupReward;
import rft.reward.RewardFunction;
import rft.reward.RewardJudge;
import rft.reward.Score;
import rft.reward.Verdict;

/** Each fault is put in on purpose, and must be the one that is found. */
final class JudgeCheckTest {
  private static final JudgeCheck CHECK = new JudgeCheck(3, 20, 1);
  static final RewardFunction SOUND =
      RewardFunction.ofNumber((task, completion) -> worth(completion.text()));

  /** An answer says how good it is: "good 7 and so on". */
  private static double worth(String text) {
    return Double.parseDouble(text.split(" ")[1]) / 10;
  }

  static List<KnownGroup> groups() {
    Random random = new Random(7);
    List<KnownGroup> groups = new ArrayList<>();
    for (int g = 0; g < 12; g++) {
      List<Completion> answers = new ArrayList<>();
      List<Double> worth = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int good = random.nextInt(5) * 2;
        answers.add(Completion.of("good " + good + " and so on".repeat(1 + random.nextInt(9))));
        worth.add(good / 10.0);
      }
      groups.add(
          new KnownGroup(new AnswerGroup(Task.of("t" + g, "Ask " + g, "good"), answers), worth));
    }
    return groups;
  }

  private static JudgeReport check(GroupReward reward) {
    try (RewardJudge judge = new RewardJudge(reward, Duration.ofSeconds(5))) {
      return whole(new JudgeCheck.Input(judge, null, null, groups(), List.of()));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JudgeReport whole(JudgeCheck.Input input) throws InterruptedException {
    return CHECK.run(input, n -> {}, () -> false);
  }

  static JudgeFinding finding(JudgeReport report, String name) {
    return report.findings().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> failed(JudgeReport report) {
    return report.findings().stream()
        .filter(f -> f.status() == JudgeFinding.Status.FAILED)
        .map(JudgeFinding::name)
        .toList();
  }

  @Test
  void aSoundJudgeHasNoFaultThatIsFound() {
    JudgeReport report = check(SOUND.asGroup());
    assertEquals(List.of(), failed(report), report.findings().toString());
    assertEquals(1, finding(report, "order kept").value().value());
    assertEquals(1, finding(report, "signal").value().value());
    assertEquals(1, finding(report, "true order").value().value());
    assertEquals(0, finding(report, "padding").value().value(), 1e-9);
    assertEquals(0, report.noise(), 1e-9);
    assertEquals(List.of(), report.evidence());
    assertEquals(12 * 6 * 4, report.verdicts());
    assertEquals(72, report.answers());
  }

  @Test
  void noiseThatDrownsTheDifferencesIsFoundAndMeasured() {
    Random random = new Random(3);
    JudgeReport report =
        check(
            RewardFunction.ofNumber((t, c) -> worth(c.text()) + 0.6 * random.nextGaussian())
                .asGroup());
    assertTrue(failed(report).contains("signal"), failed(report).toString());
    assertTrue(failed(report).contains("order kept"), failed(report).toString());
    assertEquals(0.6, report.noise(), 0.1);
    assertEquals("read again", report.evidence().get(0).what());
    assertEquals(JudgeReport.Outcome.FAULT_FOUND, report.outcome());
    assertTrue(report.next().contains("criteria"), report.next());
  }

  @Test
  void aCoinKeepsHalfOfTheOrders() {
    Random random = new Random(5);
    JudgeReport report =
        check(RewardFunction.ofNumber((t, c) -> random.nextBoolean() ? 1 : 0).asGroup());
    assertEquals(0.5, finding(report, "order kept").value().value(), 0.08);
    assertTrue(failed(report).contains("order kept"), failed(report).toString());
  }

  @Test
  void aJudgeToWhichAllIsAlikeIsNotTrusted() throws Exception {
    List<KnownGroup> unknown =
        groups().stream().map(group -> KnownGroup.of(group.answers())).toList();
    try (RewardJudge judge =
        new RewardJudge(RewardFunction.ofNumber((t, c) -> 0.7).asGroup(), Duration.ofSeconds(5))) {
      JudgeReport report = whole(new JudgeCheck.Input(judge, null, null, unknown, List.of()));
      assertEquals(JudgeFinding.Status.UNSURE, finding(report, "signal").status());
      assertEquals(JudgeReport.Outcome.NOT_SURE, report.outcome());
      assertTrue(report.next().contains("differ in worth"), report.next());
    }
  }

  @Test
  void aTasteForLengthIsFoundTwice() {
    JudgeReport report =
        check(
            RewardFunction.ofNumber((t, c) -> worth(c.text()) + c.text().length() / 1000.0)
                .asGroup());
    assertEquals(List.of("padding", "length"), failed(report));
    assertEquals(
        CheckedGroup.PADDING.length() / 1000.0, finding(report, "padding").value().value(), 1e-9);
    assertTrue(report.evidence().stream().anyMatch(e -> e.what().equals("padded")));
  }

  @Test
  void aTasteForTheFirstPlacesIsFound() {
    GroupReward reward =
        (task, group) -> {
          List<Verdict> verdicts = new ArrayList<>();
          for (int i = 0; i < group.size(); i++) {
            verdicts.add(Score.of(worth(group.get(i).text()) + (i < 3 ? 0.2 : 0)));
          }
          return verdicts;
        };
    JudgeReport report = check(reward);
    assertEquals(0.2, finding(report, "place in group").value().value(), 1e-9);
    assertTrue(failed(report).contains("place in group"), failed(report).toString());
  }

  @Test
  void failuresAreCountedByKind() {
    JudgeReport report =
        check(
            (task, group) ->
                group.stream()
                    .<Verdict>map(
                        c ->
                            c.text().startsWith("good 0")
                                ? new Failure(Failure.Kind.UNREADABLE, "prose")
                                : Score.of(worth(c.text())))
                    .toList());
    assertEquals("failures", failed(report).get(0));
    assertTrue(report.failures().get("unreadable") > 10, report.failures().toString());
    assertTrue(report.next().contains("rft judge ask"), report.next());
  }

  @Test
  void aJudgeThatPaysTheWorseAnswerIsFoundByTruthLabelsAndAnotherJudge() throws Exception {
    GroupReward wrong = RewardFunction.ofNumber((t, c) -> 1 - worth(c.text())).asGroup();
    try (RewardJudge judge = new RewardJudge(wrong, Duration.ofSeconds(5));
        RewardJudge other = new RewardJudge(SOUND.asGroup(), Duration.ofSeconds(5))) {
      JudgeReport report =
          whole(new JudgeCheck.Input(judge, other, null, groups(), groups().subList(0, 6)));
      assertEquals(
          List.of("true order", "people", "other judge"), failed(report), report.toString());
      assertEquals(-1, finding(report, "other judge").value().value(), 1e-9);
      assertTrue(finding(report, "people").said().contains("unweighted"));
    }
  }

  @Test
  void labelsThatNeverReachTheEndsAgreeWithAJudgeThatSaysTheSame() {
    double[] said = {0.5, 0.75, 0.5, 0.75, 1, 1, 0.5};
    assertEquals(1.0, JudgeMeasures.agreement(said, said.clone(), 1).plain().value());
    double[] stars = {3, 4, 3, 4, 5, 5, 1};
    double[] same = {0.5, 0.75, 0.5, 0.75, 1, 1, 0};
    assertEquals(1.0, JudgeMeasures.agreement(same, stars, 1).plain().value());
  }

  @Test
  void theOrderOfTwoIsTestedOnTheModelItself() throws Exception {
    String prompt = "{{prompt}}{{reference}}{{first}}{{second}}";
    try (PretendJudge pretend = PretendJudge.start().prefersFirst(2);
        RewardJudge judge = new RewardJudge(SOUND.asGroup(), Duration.ofSeconds(5))) {
      JudgeReport report =
          whole(
              new JudgeCheck.Input(
                  judge, null, pretend.judge().compares(prompt), groups(), List.of()));
      JudgeFinding first = finding(report, "first of two");
      assertEquals(JudgeFinding.Status.FAILED, first.status());
      assertEquals(1, first.value().value(), 1e-9);
    }
  }

  @Test
  void pairsThatCouldNotBeComparedAreCounted() throws Exception {
    PairwiseJudge prose = Judge.of(new TalkativeModel()).compares("{{first}}{{second}}");
    try (RewardJudge judge = new RewardJudge(SOUND.asGroup(), Duration.ofSeconds(5))) {
      JudgeReport report = whole(new JudgeCheck.Input(judge, null, prose, groups(), List.of()));
      String said = finding(report, "first of two").said();
      assertTrue(said.contains("20 could not be compared, first: the judge's reply"), said);
      assertEquals(20 * 2 * TalkativeModel.COST, report.costUsd(), 1e-9);
    }
  }

  /** Never answers in the form that was asked for. */
  record TalkativeModel(String name) implements ChatModel {
    static final double COST = 0.01;

    TalkativeModel() {
      this("talkative");
    }

    @Override
    public ChatReply ask(ChatRequest request) {
      return new ChatReply(
          "Well, both are fine.", "stop", name, new ChatReply.Usage(9, 9, 0, COST));
    }
  }

  @Test
  void aFewAnswersLeaveItUnsure() throws Exception {
    try (RewardJudge judge = new RewardJudge(SOUND.asGroup(), Duration.ofSeconds(5))) {
      List<Integer> steps = new ArrayList<>();
      JudgeCheck.Input input =
          new JudgeCheck.Input(judge, null, null, groups().subList(0, 2), List.of());
      JudgeReport report = CHECK.run(input, steps::add, () -> false);
      assertEquals(JudgeReport.Outcome.NOT_SURE, report.outcome());
      assertTrue(report.next().startsWith("judge more answers"), report.next());
      assertEquals(CHECK.steps(input), steps.get(steps.size() - 1));
    }
  }

  @Test
  void theCostIsTheSumOfAllQuestions() {
    JudgeReport report =
        check(
            (task, group) ->
                group.stream()
                    .<Verdict>map(c -> new Score(worth(c.text()), Map.of(), null, 0.01))
                    .toList());
    assertEquals(12 * 6 * 4 * 0.01, report.costUsd(), 1e-9);
  }

  @Test
  void theCostCountsFailuresAndTheOtherJudge() throws Exception {
    GroupReward failing =
        (task, group) ->
            group.stream()
                .<Verdict>map(c -> new Failure(Failure.Kind.UNREADABLE, "prose", 0.01))
                .toList();
    try (RewardJudge judge = new RewardJudge(failing, Duration.ofSeconds(5));
        RewardJudge other = new RewardJudge(failing, Duration.ofSeconds(5))) {
      JudgeReport report = whole(new JudgeCheck.Input(judge, other, null, groups(), List.of()));
      assertEquals(12 * 6 * (4 + 1) * 0.01, report.costUsd(), 1e-9);
    }
  }

  @Test
  void aCheckThatShowsNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new JudgeCheck(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new JudgeCheck(3, -1, 1));
  }
}
