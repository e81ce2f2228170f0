package rft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.command.CommandException;
import rft.command.Run;
import rft.dataset.Dataset;
import rft.loop.GrpoLoop;
import rft.loop.HandLoop;
import rft.loop.JudgedGroup;
import rft.loop.StepGradient;
import rft.rollout.LoadedModel;
import rft.run.Metric;
import rft.sample.SampleTask;

/** A notebook's loop by hand and its training with the same options are one. */
@Tag("slow")
final class TrainByHandTest {
  private static final String HOME = "rft.home";

  private final Dataset dataset =
      Rft.dataset(
          "mine", LongStream.range(0, 60).mapToObj(i -> SampleTask.JSON.task(5, i)).toList());

  @TempDir Path folder;

  @BeforeEach
  void useAnEmptyHome() {
    System.setProperty(HOME, folder.toString());
  }

  @AfterEach
  void restoreHome() {
    System.clearProperty(HOME);
  }

  private TrainCall call() {
    return Rft.train()
        .data(dataset)
        .reward("json-match")
        .steps(1)
        .tasksPerStep(4)
        .groupSize(8)
        .validateEvery(0)
        .threads(1);
  }

  @Test
  void theSameOptionsGiveTheSameLossByHandAndByTraining() throws Exception {
    Run run = call().run().lastRun();
    assertEquals(List.of(run), Rft.runs());
    try (LoadedModel model = Rft.model("tiny-chat").withThreads(1).open();
        HandLoop loop = call().byHand(model)) {
      List<JudgedGroup> judged = loop.judge(loop.sample(loop.prompts(1), 1), 1);
      double[][] rewards = loop.rewards(judged);
      var scored = loop.scored(judged, rewards, loop.advantages(rewards));
      try (StepGradient gradient = loop.backward(scored)) {
        GrpoLoop.Update update = loop.update(gradient, 1);
        assertEquals(value(run, Metric.LOSS), update.report().loss());
        assertEquals(value(run, Metric.GRAD_NORM), update.gradientNorm());
      }
      assertThrows(CommandException.class, () -> call().seeds(2).byHand(model));
    }
  }

  private static double value(Run run, Metric metric) throws Exception {
    return run.metrics().get(metric.key()).get(0).value();
  }
}
