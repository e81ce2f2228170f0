package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.reward.Score;
import rft.run.Method;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunInputs;
import rft.run.RunReader;
import rft.run.RunWriter;
import rft.run.StoredRollout;
import rft.run.TrainOptions;

final class StepSightTest {
  @TempDir Path folder;

  @Test
  void weightsThatOneStepDoesNotTellComeFromOthers() throws IOException {
    // In step 1 the second part is always 0, so that any weight of it explains the scores.
    RunFolder run =
        write(Method.GRPO, List.of(score(1, 0), score(0, 0)), List.of(score(0, 1), score(2, 3)));
    try (RunReader reader = RunReader.open(run)) {
      StepSight step = StepSight.read(reader, 1);
      assertEquals(Map.of("a", 1.0, "b", 0.25), step.trained());
      assertFalse(step.reweighted());
    }
  }

  @Test
  void otherWeightsKeepThoseThatAreNotNamed() throws IOException {
    RunFolder run = write(Method.GRPO, List.of(score(1, 0), score(0, 2), score(1, 2)));
    try (RunReader reader = RunReader.open(run)) {
      StepSight step = StepSight.read(reader, 1).weighted(Map.of("b", 2.0));
      assertTrue(step.reweighted());
      assertEquals(Map.of("a", 1.0, "b", 2.0), step.weights());
      assertEquals(List.of(1.0, 4.0, 5.0), boxed(step.rewards(0)));
      assertEquals(
          List.of(2, 1, 0),
          step.group(0, null).rollouts().stream().map(RolloutSight::index).toList());
      assertEquals(2, step.group(0, null).rollouts().get(2).before().rank());
    }
  }

  @Test
  void advantagesOfOtherMethodsAreNotMadeUp() throws IOException {
    RunFolder run = write(Method.SFT_REFERENCE, List.of(score(1, 0), score(0, 2)));
    try (RunReader reader = RunReader.open(run)) {
      StepSight step = StepSight.read(reader, 1);
      String message =
          assertThrows(CommandException.class, () -> step.weighted(Map.of("a", 2.0))).getMessage();
      assertTrue(message.contains("was trained by sft"), message);
    }
  }

  private static List<Double> boxed(double... values) {
    List<Double> boxed = new ArrayList<>();
    for (double value : values) {
      boxed.add(value);
    }
    return boxed;
  }

  private static Score score(double a, double b) {
    return new Score(a + 0.25 * b, Map.of("a", a, "b", b), null, 0);
  }

  @SafeVarargs
  private RunFolder write(Method method, List<Score>... steps) throws IOException {
    RunFolder run = new RunHome(folder).create("steps");
    TrainOptions options =
        TrainOptions.standard(RunInputs.onCpu("models/tiny-chat", "addition", "parts"))
            .withMethod(method);
    RunHeader header =
        new RunHeader(
            run.id(),
            "steps",
            Instant.EPOCH,
            "0.1.0",
            options,
            new RunHeader.DatasetInfo("ab".repeat(32), Map.of("train", 8)),
            new RunHeader.RewardInfo("parts", "cd".repeat(32)),
            null,
            new RunHeader.ModelInfo("models/tiny-chat", 9, "ef".repeat(32)),
            null,
            RunHeader.Machine.here("none"));
    try (RunWriter writer = RunWriter.create(run, header)) {
      for (int step = 1; step <= steps.length; step++) {
        List<StoredRollout> rollouts = new ArrayList<>();
        for (Score score : steps[step - 1]) {
          rollouts.add(rollout(step, rollouts.size(), score));
        }
        writer.writeStep(step, Map.of(), rollouts);
      }
    }
    return run;
  }

  private static StoredRollout rollout(int step, int index, Score score) {
    return new StoredRollout(
        step,
        0,
        index,
        "task-0",
        "train",
        "What?",
        "answer " + index,
        "stop",
        new int[] {40},
        new boolean[] {true},
        new float[] {-1},
        new float[] {1},
        null,
        score,
        score.value(),
        0);
  }
}
