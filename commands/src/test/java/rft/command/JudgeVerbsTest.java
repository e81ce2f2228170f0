package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.judge.PretendJudge;
import rft.lab.JudgeFinding;
import rft.lab.JudgeReport;
import rft.reward.RewardCompiler;

/** The verbs over HTTP, against a rule with known habits. */
final class JudgeVerbsTest {
  private static final String REWARD =
      """
      private final ModelJudge judge =
          Judge.standard().scale(0, 10).scores("{{prompt}} {{reference}} {{completion}}");

      Verdict reward(Task task, Completion rollout) {
        return judge.score(task, rollout);
      }
      """;

  private final PretendJudge pretend = PretendJudge.start();

  @BeforeEach
  void name() {
    List<Task> tasks = new ArrayList<>();
    String[] birds = {"crow", "gull", "swan", "wren", "duck", "kite", "rook", "tern"};
    for (int i = 0; i < birds.length; i++) {
      String two = birds[i] + " and " + birds[(i + 3) % birds.length];
      tasks.add(Task.of("b" + i, "Which two birds are on page " + i + "?", two));
    }
    Workspace.current().put("birds", Dataset.of("birds", tasks));
    Workspace.current().put("asks", new RewardCompiler().compile("asks", REWARD));
  }

  @AfterEach
  void forget() {
    pretend.close();
    Workspace.current().clear();
  }

  private <T extends Result> T run(Verb<T> verb, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url=" + pretend.url(), "--model=" + PretendJudge.MODEL));
    new CommandLine(verb).parseArgs(all.toArray(String[]::new));
    return verb.run(Progress.SILENT);
  }

  private static JudgeFinding finding(JudgeChecking.Report report, String name) {
    return report.check().findings().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRewardThatAsksNoModelIsSaidToAskNone() throws Exception {
    Workspace.current().put("plain", new RewardCompiler().compile("plain", "return 1;"));
    JudgeAsk.Report report = run(new JudgeAsk(), "plain", "--data=birds");
    assertEquals("plain asked no model\nscore 1", report.text().orElse(""));
  }

  @Test
  void oneAnswerIsJudgedAndEverythingSaidIsShown() throws Exception {
    JudgeAsk.Report report =
        run(new JudgeAsk(), "asks", "--data=birds", "--task=b1", "--completion=A gull.");
    assertEquals(0.5, report.verdict().reward().orElse(-1), 0.01);
    assertEquals(1, report.exchanges().size());
    String text = report.text().orElse("");
    assertTrue(text.startsWith("sent to pretend-judge\n  system: You judge"), text);
    assertTrue(text.contains("  A gull.\n"), text);
    assertTrue(text.contains("reply\n  {\"reason\""), text);
    assertTrue(text.endsWith("score 0.5"), text);
    assertEquals(ExitCode.OK, report.exitCode());
  }

  @Test
  void aReplyThatIsNoneIsShownAndFails() throws Exception {
    pretend.breaksJson(1);
    JudgeAsk.Report report =
        run(new JudgeAsk(), "summarization", "--prompt=Sum up.", "--completion=Done.");
    assertEquals(ExitCode.FAILED, report.exitCode());
    assertTrue(report.problem().orElse("").contains("cannot be read"), report.problem().toString());
    assertTrue(
        report.text().orElse("").contains("I think this deserves"), report.text().toString());
  }

  @Test
  void aQuestionWithoutPartsSaysWhichToGive() {
    assertThrows(CommandException.class, () -> run(new JudgeAsk(), "asks"));
    assertThrows(CommandException.class, () -> run(new JudgeAsk(), "asks", "--prompt=Hi"));
    CommandException unknown =
        assertThrows(
            CommandException.class,
            () -> run(new JudgeAsk(), "asks", "--data=birds", "--task=b11"));
    assertEquals(ExitCode.NOT_FOUND, unknown.exitCode());
    assertTrue(unknown.getMessage().contains("did you mean b1"), unknown.getMessage());
  }

  @Test
  void aSoundJudgePassesOnReferencesAndTheirSpoiltCopies() throws Exception {
    JudgeChecking.Report report =
        run(new JudgeChecking(), "asks", "--data=birds", "--repeats=2", "--pairs=6");
    assertEquals(ExitCode.OK, report.exitCode(), report.text().orElse(""));
    assertEquals(32, report.check().answers());
    assertEquals(JudgeFinding.Status.PASSED, finding(report, "true order").status());
    assertEquals(JudgeFinding.Status.PASSED, finding(report, "padding").status());
    assertEquals(0.0, finding(report, "first of two").value().value());
    assertTrue(report.text().orElse("").contains("no fault found"), report.text().orElse(""));
  }

  @Test
  void aCheckThatIsStoppedReportsWhatWasJudged() throws Exception {
    AtomicLong done = new AtomicLong();
    Progress patience =
        new Progress() {
          @Override
          public void report(Update update) {
            done.set(update.done());
          }

          @Override
          public void say(String sentence) {}

          @Override
          public boolean stopRequested() {
            return done.get() >= 9;
          }
        };
    JudgeChecking verb = new JudgeChecking();
    String[] options = {
      "asks", "--data=birds", "--repeats=2", "--url=" + pretend.url(), "--model=m"
    };
    new CommandLine(verb).parseArgs(options);
    JudgeChecking.Report report = verb.run(patience);
    assertEquals(3, report.check().groups());
    assertEquals(ExitCode.INTERRUPTED, report.exitCode());
    assertTrue(report.problem().orElse("").startsWith("stopped early"), report.toString());
    assertTrue(report.text().orElse("").contains("12 answers in 3 groups"), report.toString());
  }

  @Test
  void habitsAreFoundAndEndTheProcessWithTheGate() throws Exception {
    pretend.prefersLonger(0.5).prefersFirst(2);
    JudgeChecking.Report report =
        run(new JudgeChecking(), "asks", "--data=birds", "--repeats=2", "--pairs=6");
    assertEquals(ExitCode.DIVERGED, report.exitCode());
    assertEquals(JudgeReport.Outcome.FAULT_FOUND, report.check().outcome());
    assertEquals(JudgeFinding.Status.FAILED, finding(report, "padding").status());
    assertEquals(JudgeFinding.Status.FAILED, finding(report, "first of two").status());
    assertTrue(report.problem().orElse("").contains("padding costs"), report.problem().toString());
    assertTrue(report.text().orElse("").contains("padded: "), report.text().orElse(""));
  }

  @Test
  void labelsOfPeopleAndASecondModelAreComparedWith(@TempDir Path folder) throws Exception {
    Path labels = folder.resolve("labels.jsonl");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String[] said = {"crow", "gull", "swan", "wren", "duck", "kite"};
      lines.add("{\"task\":\"b%d\",\"completion\":\"a %s\",\"label\":1}".formatted(i, said[i]));
      lines.add("{\"task\":\"b%d\",\"completion\":\"a fish\",\"label\":false}".formatted(i));
    }
    Files.write(labels, lines);
    JudgeChecking.Report report =
        run(
            new JudgeChecking(),
            "asks",
            "--data=birds",
            "--repeats=2",
            "--pairs=0",
            "--labels=" + labels,
            "--other-model=another");
    assertTrue(
        finding(report, "people").said().contains("Spearman 1.00"), report.text().orElse(""));
    assertEquals(1, finding(report, "other judge").value().value(), 1e-9);
    Files.writeString(labels, "{\"task\":\"b1\",\"completion\":\"x\",\"label\":\"good\"}\n");
    CommandException bad =
        assertThrows(
            CommandException.class,
            () -> run(new JudgeChecking(), "asks", "--data=birds", "--labels=" + labels));
    assertTrue(bad.getMessage().startsWith(labels + ":1: write"), bad.getMessage());
  }
}
