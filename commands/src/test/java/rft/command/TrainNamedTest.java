package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import rft.dataset.Dataset;
import rft.rollout.LoadedModel;
import rft.run.RunStatus;
import rft.sample.SampleTask;

/**
 * The bundled model is trained on a dataset that a cell made, and the run taken further by name.
 */
@Tag("slow")
final class TrainNamedTest {
  private static final String HOME = "rft.home";

  private final List<String> heard = new ArrayList<>();
  private final Progress progress =
      new Progress() {
        @Override
        public void report(Update update) {}

        @Override
        public void say(String sentence) {}

        @Override
        public void runStarted(String run, int steps) {
          heard.add("start of " + steps);
        }

        @Override
        public void stepFinished(Step step) {
          heard.add(step.step() + " of " + step.steps());
        }
      };

  @TempDir Path folder;

  @BeforeEach
  void nameADataset() {
    System.setProperty(HOME, folder.toString());
    Workspace.current()
        .put(
            "ds",
            Dataset.of(
                "mine",
                LongStream.range(0, 60).mapToObj(i -> SampleTask.JSON.task(5, i)).toList()));
  }

  @AfterEach
  void forget() {
    System.clearProperty(HOME);
    Workspace.current().clear();
  }

  private <R extends Result> R run(Verb<R> verb, String... arguments) throws Exception {
    new CommandLine(verb).parseArgs(arguments);
    return verb.run(progress);
  }

  @Test
  void aSweepTrainsOnceForEachChoiceAndTellsEveryStep() throws Exception {
    Train.Report report =
        run(
            new Train(),
            "--data=ds",
            "--reward=json-match",
            "--steps=2",
            "--tasks-per-step=2",
            "--group-size=4",
            "--validate-every=1",
            "--validation-tasks=2",
            "--threads=1",
            "--lr=1e-9",
            "--sweep=lr=1e-3,2e-3");
    List<String> one = List.of("start of 2", "0 of 2", "1 of 2", "2 of 2");
    List<String> two = new ArrayList<>(one);
    two.addAll(one);
    assertEquals(two, heard);
    Sweep sweep = report.sweep();
    assertNotNull(sweep);
    assertEquals(List.of("lr"), sweep.options());
    assertEquals(
        List.of("1e-3", "2e-3"), sweep.rows().stream().map(row -> row.values().get("lr")).toList());
    assertNotNull(sweep.rows().get(0).finalAccuracy());
    List<?> named = (List<?>) report.named();
    Run second = (Run) named.get(1);
    assertEquals(2e-3, second.header().options().optimizer().learningRate());
    goOnWith(second);
  }

  private void goOnWith(Run run) throws Exception {
    assertEquals(RunStatus.FINISHED, run.status());
    Path file = Path.of(run.header().options().inputs().dataset());
    assertEquals(folder.resolve("datasets"), file.getParent());
    assertEquals(60, run.dataset().tasks().size());
    Workspace.current().clear();
    Workspace.current().put("run1", run);
    tryRewardOn(run);
    assertEquals(run, run(new Train(), "--resume=run1").named());
    try (LoadedModel model = Model.named("run1@1").open()) {
      assertTrue(model.policy().shapes().size() > 1);
    }
    Model model = Model.named(run.id());
    assertEquals(run.id(), model.tuned().orElseThrow());
  }

  private void tryRewardOn(Run run) throws IOException {
    RewardTry verb = new RewardTry();
    new CommandLine(verb).parseArgs("json-match", "--run=run1", "--limit=12");
    RewardTry.Report report = verb.run(Progress.SILENT);
    assertEquals(8, report.references().completions());
    TrialSummary.Agreement agreement = report.rollouts().withStored();
    assertNotNull(agreement, run.id());
    assertEquals(12, report.rollouts().completions());
    assertEquals(agreement.both(), agreement.equal());
    assertEquals(2, report.rows().get(8).step());
  }
}
