package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import rft.loop.Trainer;
import rft.reward.RewardCompiler;
import rft.run.Metric;
import rft.run.Point;
import rft.run.RunEvent;
import rft.run.RunReader;
import rft.run.StoredRollout;

/** A reward is replaced while a run trains. */
@Tag("slow")
final class RunsRewardTest {
  @BeforeEach
  void nameRewards() {
    RewardCompiler compiler = new RewardCompiler();
    Workspace.current()
        .put("longer", compiler.compile("longer", "return completion.length() / 100.0;"));
    Workspace.current()
        .put("shorter", compiler.compile("shorter", "return -completion.length() / 100.0;"));
  }

  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  /** Sends the second reward after step 2 and pauses after another one. */
  private static final class Sending implements Progress {
    private final int pauseAfter;
    private boolean paused;
    private final List<String> said = new ArrayList<>();

    Sending(int pauseAfter) {
      this.pauseAfter = pauseAfter;
    }

    @Override
    public void report(Update update) {}

    @Override
    public void say(String sentence) {
      said.add(sentence);
    }

    @Override
    public boolean stopRequested() {
      return paused;
    }

    @Override
    public void stepFinished(Step step) {
      paused = step.step() == pauseAfter;
      if (step.step() == 2) {
        try {
          RunsReward verb = new RunsReward();
          new CommandLine(verb).parseArgs(step.run(), "shorter");
          RunsReward.Sent sent = verb.run(Progress.SILENT);
          assertEquals(2, sent.lastStep());
          said.add(sent.text().orElseThrow());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static Run train(Sending progress) throws Exception {
    Train verb = new Train();
    new CommandLine(verb)
        .parseArgs(
            "--data=addition",
            "--reward=longer",
            "--steps=4",
            "--tasks-per-step=2",
            "--group-size=4",
            "--max-new-tokens=12",
            "--validate-every=2",
            "--validation-tasks=2",
            "--validation-samples=1",
            "--checkpoint-every=1",
            "--threads=1");
    return verb.run(progress).lastRun();
  }

  @Test
  void itCountsFromTheNextStepOnAndAResumedRunRepeatsIt() throws Exception {
    Sending sending = new Sending(-1);
    Run whole = train(sending);
    assertTrue(
        sending.said.stream().anyMatch(s -> s.contains("which is at step 2")), sending.said + "");
    try (RunReader reader = whole.reader()) {
      for (int step : reader.rolloutSteps()) {
        for (StoredRollout rollout : reader.rollouts(step)) {
          double length = rollout.text().length() / 100.0;
          assertEquals(step <= 2 ? length : -length, rollout.reward(), "step " + step);
        }
      }
      List<RunEvent> changes =
          reader.events().stream()
              .filter(event -> event.kind() == RunEvent.Kind.REWARD_CHANGED)
              .toList();
      assertEquals(1, changes.size());
      assertTrue(
          changes.get(0).detail().matches("version 2, shorter .{12}, counts from step 3 on"));
      assertEquals(
          List.of(new Point(3, 2), new Point(4, 2)), reader.metric(Metric.REWARD_VERSION.key()));
      assertEquals("shorter", reader.header().rewardChanges().get(0).reward().name());
      assertEquals("longer", rft.reward.RewardUnit.readJar(whole.folder().rewardJar()).name());
      assertTrue(Files.readString(whole.folder().reportFile()).contains("class=\"seam\""));
    }
    CommandException over =
        assertThrows(
            CommandException.class,
            () -> RunsReward.send(whole, new RewardCompiler().compile("late", "return 1;")));
    assertTrue(String.valueOf(over.getMessage()).contains("no trainer works on it"));

    Run resumed = train(new Sending(3));
    // Back to the step before the seam: the replayed steps must find the second version.
    delete(resumed.folder().checkpointsFolder().resolve("step-000003"));
    Train.Report report = SmallRun.run(new Train(), "--resume=" + resumed.id());
    assertEquals(Trainer.Ending.FINISHED, report.runs().get(0).ending());
    assertEquals(numbers(whole), numbers(resumed));
  }

  private static Map<String, List<Point>> numbers(Run run) throws IOException {
    Map<String, List<Point>> numbers = new TreeMap<>(run.metrics());
    numbers.keySet().removeIf(Metric::isTime);
    return numbers;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
