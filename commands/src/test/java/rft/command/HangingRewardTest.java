package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.loop.Trainer;
import rft.run.RunReader;
import rft.run.StoredRollout;

/** A reward that hangs or ends its process costs rollouts, never the run. */
@Tag("slow")
final class HangingRewardTest {
  /** Every fourth prompt or so hangs, another one exits. */
  private static final String REWARD =
      """
      int kind = answer.length() + answer.charAt(0);
      if (kind % 4 == 0) { while (!Thread.interrupted()) {} }
      if (kind % 4 == 1) { System.exit(9); }
      return completion.length();
      """;

  @TempDir Path folder;

  @Test
  void theRunGoesOnAndEachSuchRolloutIsAFailureOfItsKind() throws Exception {
    Path reward = folder.resolve("Hanging.java");
    Files.writeString(reward, REWARD);
    Train.Report report =
        SmallRun.run(
            new Train(),
            "--data=addition",
            "--reward=" + reward,
            "--steps=1",
            "--tasks-per-step=4",
            "--group-size=2",
            "--max-new-tokens=8",
            "--validate-every=0",
            "--reward-seconds=2",
            "--stop-above=1",
            "--threads=1");
    assertEquals(Trainer.Ending.FINISHED, report.runs().get(0).ending());
    try (RunReader reader = report.lastRun().reader()) {
      List<StoredRollout> rollouts = reader.rollouts(1);
      assertEquals(8, rollouts.size());
      assertTrue(rollouts.stream().anyMatch(r -> r.row().outcome().equals("score")));
      for (StoredRollout rollout : rollouts) {
        assertEquals(expected(answer(rollout)), rollout.row().outcome(), rollout.prompt());
      }
      assertTrue(rollouts.stream().anyMatch(r -> !r.row().outcome().equals("score")));
    }
  }

  private static String answer(StoredRollout rollout) throws Exception {
    return Installation.current().dataset("addition").tasks().stream()
        .filter(task -> task.id().equals(rollout.taskId()))
        .findFirst()
        .orElseThrow()
        .referenceText();
  }

  private static String expected(String answer) {
    return switch ((answer.length() + answer.charAt(0)) % 4) {
      case 0 -> "timeout";
      case 1 -> "worker_died";
      default -> "score";
    };
  }
}
