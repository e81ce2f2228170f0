package rft.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import rft.command.Model;
import rft.command.Result;
import rft.command.RewardExport;
import rft.command.RunsList;
import rft.command.SampleRollouts;
import rft.dataset.Dataset;
import rft.dataset.RowProblem;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.RewardCompiler;
import rft.reward.Rubric;
import rft.reward.Score;
import rft.run.RunStatus;

final class ProductViewTest {
  private static final String HOSTILE = "</td><script>alert(1)</script>\u001b[2J";

  record Sentence(String said) implements Result {
    @Override
    public Optional<String> text() {
      return Optional.of(said);
    }
  }

  private static String html(Object value) {
    return String.valueOf(Views.bundle(value).getData(MIMEType.TEXT_HTML));
  }

  private static void assertHarmless(Object value) {
    String html = html(value);
    assertFalse(html.contains("<script"), html);
    assertTrue(html.contains("&lt;script&gt;alert(1)"), html);
    String text = Views.text(value);
    assertFalse(text.contains("\u001b"), text);
    assertTrue(text.contains("<script>alert(1)</script>"), text);
  }

  @Test
  void aDatasetShowsFiftyTasksAndItsProblems() {
    List<Task> tasks =
        IntStream.range(0, 60).mapToObj(i -> Task.of("t" + i, "ask " + i, "answer")).toList();
    Dataset dataset =
        new Dataset(
            "d.jsonl",
            tasks,
            List.of(new RowProblem(3, 7, "no messages", "add them")),
            "ab".repeat(32),
            61,
            0);
    String text = Views.text(dataset);
    assertTrue(text.startsWith("d.jsonl  60 tasks, SHA-256 abababababab\ntask"), text);
    assertTrue(text.contains("50 of 60 rows; 10 left out\n1 of 61 rows is left out:\n"), text);
    assertTrue(text.contains("\nline 3, column 7: no messages"), text);
    assertTrue(Views.text(tasks).contains("ask 49") && !Views.text(tasks).contains("ask 50"));
  }

  @Test
  void whatModelsAndDatasetsSayIsHarmless() {
    assertHarmless(Task.of("t", HOSTILE, "x"));
    assertHarmless(List.of(Task.of("t", HOSTILE, "x")));
    assertHarmless(new Abstain(HOSTILE));
    assertHarmless(new Failure(Failure.Kind.EXCEPTION, HOSTILE));
    assertHarmless(Score.of(1, HOSTILE));
    assertHarmless(StoredRun.rollouts(HOSTILE).get(0));
    assertHarmless(StoredRun.rollouts(HOSTILE));
    var sampled = new SampleRollouts.Sampled(HOSTILE, 3, "stop", -1.5, Score.of(0.5));
    var group = new SampleRollouts.Group("t", "ask", "", List.of(sampled));
    assertHarmless(new SampleRollouts.Report(List.of(group), List.of()));
    assertHarmless(new Sentence(HOSTILE));
  }

  @Test
  void aScoreShowsItsPartsAndItsReason() {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("right", 1.0);
    parts.put("short", 0.25);
    String text = Views.text(new Score(1.25, parts, "in short", 0));
    assertEquals("reward 1.25\npart   value\nright      1\nshort   0.25\nin short", text);
    assertEquals("abstained: no reference", Views.text(new Abstain("no reference")));
  }

  @Test
  void aRewardShowsItsSource() {
    var unit =
        new RewardCompiler()
            .compile(
                "len",
                """
                import rft.dataset.Task;
                import rft.reward.*;
                public final class Len implements RewardFunction {
                  public Verdict score(Task t, Completion c) {
                    return Score.of(c.text().length() < 9 ? 1 : 0);
                  }
                }
                """);
    String text = Views.text(unit);
    assertTrue(text.startsWith("reward len\nSHA-256  " + unit.sha256()), text);
    assertTrue(text.contains("    return Score.of(c.text().length() < 9 ? 1 : 0);"), text);
    assertTrue(html(unit).contains("length() &lt; 9"));
  }

  @Test
  void whatWasExportedIsATableOfFiles() {
    String text =
        Views.text(
            new RewardExport.Written(
                "len",
                "0".repeat(64),
                List.of(
                    new RewardExport.WrittenFile(
                        "lambda",
                        "<len>.jar",
                        42,
                        "ab".repeat(32),
                        "rft.lambda.Handler::handle"))));
    assertTrue(text.contains("lambda  <len>.jar"), text);
    assertTrue(text.contains("rft.lambda.Handler::handle"), text);
  }

  @Test
  void aRubricNamesItsMetrics() {
    Rubric rubric =
        Rubric.of("right", 1, (task, completion) -> Score.of(1))
            .withMetric("length", (task, completion) -> Score.of(2));
    assertTrue(Views.text(rubric).contains("length       0  metric, not rewarded"));
  }

  @Test
  void rolloutsOfARunAreATableWithTheReasons() {
    String text = Views.text(StoredRun.rollouts("#### 7"));
    assertTrue(text.startsWith("task    reward  advantage  tokens  completion  why\n"), text);
    assertTrue(
        text.contains("task-1     0.5          0       2  #### 7      (right 0.5)  because"), text);
  }

  @Test
  void theListOfRunsSaysWhatIsDamaged() {
    RunsList.Row row =
        new RunsList.Row(
            "run-1", Instant.EPOCH, RunStatus.DAMAGED, null, 0, 0, null, null, "run.json is gone");
    String text = Views.text(new RunsList.Runs("home", List.of(row)));
    assertTrue(text.contains("run-1") && text.contains("damaged"), text);
    assertTrue(text.contains("run.json is gone"), text);
    assertEquals("no runs in home yet", Views.text(new RunsList.Runs("home", List.of())));
  }

  @Test
  void aModelSaysWhatIsSwitchedOn() {
    String text = Views.text(Model.of(Path.of("tiny")).withAdapter(Path.of("peft")));
    assertTrue(text.contains("folder       tiny"), text);
    assertTrue(text.contains("switched on  peft"), text);
  }

  @Test
  void aResultWithoutAViewOfItsOwnSaysItsSentences() {
    assertEquals("all is well", Views.text(new Sentence("all is well")));
  }
}
