package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.reward.GroupReward;
import rft.rollout.LoadedModel;
import rft.run.CheckpointOptions;
import rft.run.RunFolder;
import rft.run.RunReader;
import rft.run.RunStatus;
import rft.run.TrainOptions;

class TrainerInterruptTest {
  private static final TrainOptions OPTIONS =
      BundledModel.options(4).withCheckpoint(new CheckpointOptions(10));

  @TempDir Path home;

  private static RunFolder whole(TestRuns runs) throws IOException {
    RunFolder whole = runs.create(OPTIONS);
    TestRuns.train(whole, OPTIONS, TestRuns.never());
    return whole;
  }

  private static void assertResumesAsIfNothingHadBeen(RunFolder whole, RunFolder parts)
      throws IOException {
    assertEquals(
        Trainer.Ending.FINISHED, TestRuns.train(parts, OPTIONS, TestRuns.never()).ending());
    TestRuns.assertSameFiles(TestRuns.checkpoint(whole, 4), TestRuns.checkpoint(parts, 4));
    assertEquals(TestRuns.metrics(whole), TestRuns.metrics(parts));
  }

  @Test
  void interruptAfterAStepSavesThatStep() throws IOException {
    TestRuns runs = new TestRuns(home);
    RunFolder parts = runs.create(OPTIONS);
    Trainer.Outcome outcome =
        TestRuns.train(
            parts,
            OPTIONS,
            new Trainer.Control() {
              @Override
              public boolean stopRequested() {
                return false;
              }

              @Override
              public void stepFinished(int step, Map<String, Double> metrics) {
                if (step == 2) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    assertTrue(Thread.interrupted(), "the training thread stays interrupted");
    assertEquals(Trainer.Ending.INTERRUPTED, outcome.ending());
    assertEquals(2, outcome.lastStep());
    try (RunReader reader = RunReader.open(parts)) {
      assertEquals(2, reader.checkpoints().latest().orElseThrow());
      assertEquals(RunStatus.PAUSED, reader.status());
    }
    assertResumesAsIfNothingHadBeen(whole(runs), parts);
  }

  @Test
  void interruptBetweenAnUpdateAndItsRecordSavesNoWeightsUnderTheWrongStep() throws IOException {
    TestRuns runs = new TestRuns(home);
    RunFolder parts = runs.create(OPTIONS);
    Thread trainer = Thread.currentThread();
    AtomicInteger asked = new AtomicInteger();
    GroupReward exact = BundledModel.exact().asGroup();
    // 8 validation tasks at step 0; the ninth is asked after the update of step 3.
    GroupReward truth =
        (task, group) -> {
          if (asked.incrementAndGet() == 9) {
            trainer.interrupt();
          }
          return exact.score(task, group);
        };
    try (LoadedModel model = BundledModel.open()) {
      Trainer.Outcome outcome =
          TestRuns.train(model, parts, OPTIONS, exact, truth, TestRuns.never());
      assertTrue(Thread.interrupted(), "the training thread stays interrupted");
      assertEquals(Trainer.Ending.INTERRUPTED, outcome.ending());
      assertEquals(2, outcome.lastStep());
    }
    try (RunReader reader = RunReader.open(parts)) {
      assertEquals(0, reader.checkpoints().latest().orElseThrow());
    }
    assertResumesAsIfNothingHadBeen(whole(runs), parts);
  }
}
