package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.lab.AttackClass;
import rft.lab.RewardExample;
import rft.lab.RewardExamples;
import rft.reward.RewardCompiler;

/** What a probe and a search for holes say as commands. */
final class RewardBreakTest {
  private static final String[] MUTATIONS = {"--steps=0", "--rounds=4", "--seconds=20"};

  @TempDir Path folder;

  @BeforeEach
  void name() {
    Workspace workspace = Workspace.current();
    List<Task> tasks = new ArrayList<>();
    for (int i = 31; i < 39; i++) {
      tasks.add(Task.of("t" + i, "How much is " + i + " plus 7?", String.valueOf(i + 7)));
    }
    workspace.put("ds", Dataset.of("ds", tasks));
    RewardCompiler compiler = new RewardCompiler();
    workspace.put("loose", compiler.compile("loose", "return completion.contains(answer);"));
    workspace.put("tight", compiler.compile("tight", "return completion.strip().equals(answer);"));
  }

  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  private static RewardBreak.Report broken(String... arguments) throws IOException {
    RewardBreak verb = new RewardBreak();
    new CommandLine(verb).parseArgs(arguments);
    return verb.run(Progress.SILENT);
  }

  private static RewardBreak.Report mutated(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(MUTATIONS));
    all.addAll(List.of(arguments));
    return broken(all.toArray(String[]::new));
  }

  private static RewardProbe.Report probed(String... arguments) throws IOException {
    RewardProbe verb = new RewardProbe();
    new CommandLine(verb).parseArgs(arguments);
    return verb.run(Progress.SILENT);
  }

  @Test
  void aProbeOfALooseRewardFailsTheGateAndNamesTheFault() throws IOException {
    RewardProbe.Report report = probed("loose", "--data=ds", "--gold=tight");
    assertEquals(ExitCode.DIVERGED, report.exitCode());
    assertEquals(AttackClass.CONTAINS, report.faults().get(0).kind());
    String text = report.text().orElseThrow();
    assertTrue(text.contains("FAULT  pays anything that contains the answer"), text);
    assertTrue(text.contains("1, true score 0; the right answer earns 1"), text);
  }

  @Test
  void anAcceptedFaultPassesTheGate() throws IOException {
    RewardProbe.Report report = probed("loose", "--data=ds", "--allow=contains,near-miss");
    assertEquals(ExitCode.OK, report.exitCode());
    assertFalse(report.accepted().isEmpty());
    CommandException e =
        assertThrows(CommandException.class, () -> probed("loose", "--data=ds", "--allow=contain"));
    assertTrue(String.valueOf(e.getMessage()).contains("did you mean contains?"), e.getMessage());
  }

  @Test
  void aSoundRewardIsNeverCalledSafe() throws IOException {
    for (Result report :
        List.of(probed("tight", "--data=ds"), mutated("tight", "--data=ds", "--gold=tight"))) {
      assertEquals(ExitCode.OK, report.exitCode());
      String text = report.text().orElseThrow();
      assertTrue(text.contains("no hole found in "), text);
      assertFalse(text.contains("safe"), text);
    }
  }

  @Test
  void aHoleIsSavedAfterTheSearchAndOnlyOnce() throws IOException {
    RewardBreak.Report report = mutated("loose", "--data=ds", "--gold=tight");
    assertEquals(ExitCode.DIVERGED, report.exitCode());
    assertEquals(List.of(AttackClass.CONTAINS), report.faults());
    Path file = folder.resolve("loose.examples.jsonl");
    RewardBreak.Report saved = broken("loose", "--save=1", "--examples=" + file);
    assertEquals(ExitCode.OK, saved.exitCode());
    assertTrue(saved.text().orElseThrow().startsWith("saved to "), saved.text().orElseThrow());
    broken("--save=1", "--examples=" + file);
    List<RewardExample> examples = RewardExamples.read(file);
    assertEquals(1, examples.size());
    assertEquals(report.found().holes().get(0).text(), examples.get(0).completion().text());
    CommandException e = assertThrows(CommandException.class, () -> broken("loose", "--save=99"));
    assertTrue(String.valueOf(e.getMessage()).contains("--save 99"), e.getMessage());
  }

  @Test
  void aHoleOfAnotherRewardOfTheSameNameIsNotSaved() throws IOException {
    List<String> files = new ArrayList<>();
    for (String place : List.of("one", "two")) {
      Path file = Files.createDirectories(folder.resolve(place)).resolve("twin.java");
      Files.writeString(file, "return completion.contains(answer);");
      files.add(file.toString());
    }
    mutated(files.get(0), "--data=ds");
    CommandException e =
        assertThrows(CommandException.class, () -> broken(files.get(1), "--save=1"));
    assertTrue(String.valueOf(e.getMessage()).contains("another reward"), e.getMessage());
    broken(files.get(0), "--save=1");
    assertTrue(Files.exists(folder.resolve("one").resolve("twin.examples.jsonl")));
  }

  @Test
  void aSearchThatIsStoppedSaysWhatItHas() throws IOException {
    RewardBreak verb = new RewardBreak();
    new CommandLine(verb).parseArgs("loose", "--data=ds", "--gold=tight");
    List<Result> shown = new ArrayList<>();
    RewardBreak.Report report =
        verb.run(
            new Progress() {
              @Override
              public void report(Update update) {}

              @Override
              public void say(String sentence) {}

              @Override
              public boolean stopRequested() {
                return !shown.isEmpty();
              }

              @Override
              public void soFar(Result result) {
                shown.add(result);
              }
            });
    assertFalse(shown.isEmpty());
    assertTrue(report.seconds() < 20, () -> report.seconds() + " s");
    assertEquals(List.of(), report.course());
    assertFalse(report.found().holes().isEmpty());
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThrows(CommandException.class, () -> broken("loose"));
    assertThrows(IllegalArgumentException.class, () -> broken("loose", "--data=ds", "--tasks=0"));
  }
}
