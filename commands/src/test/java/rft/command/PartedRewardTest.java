package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rft.reward.RewardCompiler;
import rft.run.Metric;
import rft.run.Point;
import rft.run.RunEvent;
import rft.run.RunReader;

/** A reward that pays what the check refuses, in a training. */
@Tag("slow")
final class PartedRewardTest {
  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  @Test
  void whenRewardAndCheckPartTheRunSaysSoOnceAndShowsRollouts() throws Exception {
    Workspace.current()
        .put(
            "opposite",
            new RewardCompiler()
                .compile("opposite", "return !completion.endsWith(\"#### \" + answer);"));
    Run run =
        SmallRun.run(
                new Train(),
                "--data=counting",
                "--reward=opposite",
                "--check=number-match",
                "--steps=8",
                "--group-size=8",
                "--lr=0.006",
                "--validate-every=4",
                "--validation-tasks=100",
                "--validation-samples=1",
                "--threads=1")
            .lastRun();
    try (RunReader reader = run.reader()) {
      List<RunEvent> alarms =
          reader.events().stream().filter(event -> event.kind() == RunEvent.Kind.ALARM).toList();
      assertEquals(1, alarms.size(), reader.metric(Metric.VALIDATION_ACCURACY.key()) + "");
      assertTrue(alarms.get(0).detail().contains("the check fell from"), alarms.get(0).detail());
      assertTrue(alarms.get(0).detail().contains("reward 1, check 0"), alarms.get(0).detail());
      List<Point> parted = reader.metric(Metric.VALIDATION_PARTED.key());
      assertEquals(1, parted.get(parted.size() - 1).value());
      assertTrue(Files.readString(run.folder().reportFile()).contains("reward and check part"));
    }
  }
}
