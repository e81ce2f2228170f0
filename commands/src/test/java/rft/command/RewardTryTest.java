package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.reward.RewardCompiler;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.sample.SampleTask;

final class RewardTryTest {
  private static final String PARTS =
      """
      boolean correct(String completion, String answer) { return completion.contains(answer); }
      @Weight(0.5) double brief(String completion) {
        if (completion.isEmpty()) throw new IllegalArgumentException("empty");
        return completion.length() < 3 ? 1 : 0;
      }
      """;

  @BeforeEach
  void name() {
    Workspace workspace = Workspace.current();
    workspace.put(
        "ds", Dataset.of("ds", List.of(Task.of("a", "1+1?", "2"), Task.of("b", "2+2?", "4"))));
    workspace.put("parts", new RewardCompiler().compile("parts", PARTS));
    workspace.put(
        "exact", new RewardCompiler().compile("exact", "return completion.equals(answer);"));
    List<SampleRollouts.Sampled> sampled =
        List.of(
            sampled("4", Score.of(1)), sampled("it is 4", Score.of(1)), sampled("", Score.of(0)));
    workspace.put(
        "ro",
        new SampleRollouts.Report(
            List.of(new SampleRollouts.Group("b", "2+2?", "4", sampled)), List.of()));
  }

  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  private static SampleRollouts.Sampled sampled(String text, Verdict verdict) {
    return new SampleRollouts.Sampled(text, 2, "stop", -1, verdict);
  }

  private static RewardTry.Report report(String... arguments) throws IOException {
    RewardTry verb = new RewardTry();
    new CommandLine(verb).parseArgs(arguments);
    return verb.run(Progress.SILENT);
  }

  @Test
  void partsThatCancelAreSaid() throws IOException {
    String cancelling =
        """
        boolean right(String completion, String answer) { return completion.contains(answer); }
        double brief(String completion, String answer) {
          return completion.contains(answer) ? 0 : 0.9;
        }
        """;
    Workspace.current().put("cancelling", new RewardCompiler().compile("cancelling", cancelling));
    List<SampleRollouts.Sampled> sampled =
        IntStream.range(0, 8)
            .mapToObj(i -> sampled(i % 2 == 0 ? "4" : "five", Score.of(1)))
            .toList();
    Workspace.current()
        .put(
            "eight",
            new SampleRollouts.Report(
                List.of(new SampleRollouts.Group("b", "2+2?", "4", sampled)), List.of()));
    RewardTry.Report report = report("cancelling", "--rollouts=eight", "--rows=0");
    assertEquals(Map.of("right", 0.5, "brief", 0.45), report.parts().means());
    assertEquals(1, report.parts().cancellations().size());
    String text = report.text().orElseThrow();
    assertTrue(text.contains("note: parts brief and right cancel: 99 % of what"), text);
    assertEquals(
        List.of(), report("parts", "--rollouts=eight", "--rows=0").parts().cancellations());
  }

  @Test
  void rowsOfASampleDatasetAnswerInItsStyleWhateverTheDatasetIsCalled() throws IOException {
    List<Task> sums = List.of(SampleTask.ADDITION.task(5, 0), SampleTask.ADDITION.task(5, 1));
    Workspace.current().put("mine", Dataset.of("mine", sums));
    RewardTry.Report report = report("number-match", "--data=mine");
    assertEquals(2, report.references().fullMarks());
    assertTrue(report.rows().get(0).completion().startsWith("#### "), report.rows().toString());
    assertEquals("2", report("exact", "--data=ds").rows().get(0).completion());
  }

  @Test
  void referencesGetFullMarksFromARewardThatKnowsThem() throws IOException {
    RewardTry.Report report = report("exact", "--data=ds");
    assertEquals(2, report.references().fullMarks());
    assertEquals(Optional.empty(), report.problem());
    RewardTry.Report format = report("format-only", "--data=ds");
    assertTrue(format.problem().orElse("").startsWith("2 of 2 reference answers"));
  }

  @Test
  void aSampleDatasetsOwnAnswerIsItsGoldText() throws IOException {
    RewardTry.Report report = report("number-match", "--data=addition", "--rows=5");
    assertEquals(5, report.references().fullMarks());
    assertTrue(report.rows().get(0).completion().startsWith("#### "));
  }

  @Test
  void rolloutsAreScoredWithPartsAndFailuresByKind() throws IOException {
    RewardTry.Report report = report("parts", "--data=ds", "--rollouts=ro");
    TrialSummary rollouts = report.rollouts();
    assertEquals(3, rollouts.completions());
    assertEquals(Map.of("exception", 1), rollouts.failures());
    assertEquals(1.25, rollouts.mean());
    assertEquals(0.25, rollouts.std());
    assertEquals(new TrialSummary.Agreement(2, 1, 2, 0, 0, 0.25), rollouts.withStored());
    String text = report.text().orElseThrow();
    assertTrue(text.contains("part brief: the reward threw IllegalArgumentException: empty"), text);
  }

  @Test
  void otherWeightsChangeTheSumAtOnce() throws IOException {
    RewardTry.Report report = report("parts", "--rollouts=ro", "--weights=correct=0,brief=2");
    assertEquals(2, report.rows().get(0).verdict().reward().orElse(-1));
    assertEquals(Map.of("correct", 0.0, "brief", 2.0), report.weights());
    CommandException unknown =
        assertThrows(
            CommandException.class, () -> report("parts", "--rollouts=ro", "--weights=corect=1"));
    assertTrue(String.valueOf(unknown.getMessage()).contains("did you mean correct"));
  }

  @Test
  void somethingToScoreMustBeNamed() {
    assertThrows(CommandException.class, () -> report("exact"));
  }

  @Test
  void aNamedRewardIsListedAndShown() throws IOException {
    List<RewardList.Row> rows = new RewardList().run(Progress.SILENT).rewards();
    assertEquals("parts", rows.get(0).name());
    assertTrue(rows.get(0).summary().contains("brief=0.5,correct=1"), rows.get(0).summary());
    assertTrue(rows.stream().anyMatch(row -> row.ready() && row.name().equals("number-match")));
    RewardShow verb = new RewardShow();
    new CommandLine(verb).parseArgs("parts");
    RewardShow.Card card = verb.run(Progress.SILENT);
    assertEquals(PARTS, card.source());
    assertEquals(Map.of("brief", 0.5, "correct", 1.0), card.weights());
  }
}
