package rft.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import rft.dataset.Dataset;
import rft.dataset.DatasetReader;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.reward.RewardFunction;
import rft.rollout.LoadedModel;
import rft.run.LoopOptions;
import rft.run.OptimizerOptions;
import rft.run.RunInputs;
import rft.run.SamplingOptions;
import rft.run.TrainOptions;
import rft.run.ValidationOptions;

/** The model and dates that ship with the product, for tests of the real line. */
final class BundledModel {
  private static final Path ROOT = Path.of(System.getProperty("rft.root"));
  static final Path FOLDER = ROOT.resolve("models").resolve("tiny-chat");
  static final int MAX_NEW_TOKENS = 16;

  private BundledModel() {}

  static LoadedModel open() {
    return LoadedModel.open(FOLDER, "cpu", 2);
  }

  static Map<Split, List<Task>> dates() throws IOException {
    Dataset dataset = DatasetReader.read(ROOT.resolve("datasets/samples/dates.jsonl"));
    return Splitter.standard().split(dataset.tasks());
  }

  static RewardFunction exact() {
    return RewardFunction.ofCheck(
        (task, completion) -> completion.text().strip().equals(task.referenceText()));
  }

  /** Returns options of a run small enough for a test: 4 tasks of 8 rollouts a step. */
  static TrainOptions options(int steps) {
    return TrainOptions.standard(
            new RunInputs(FOLDER.toString(), "dates", "exact", "cpu", 2, "f32"))
        .withLoop(new LoopOptions(steps, 4, 8, 1, 32, 0))
        .withSampling(new SamplingOptions(MAX_NEW_TOKENS, 1, 1, 0))
        .withOptimizer(OptimizerOptions.standard(2e-3))
        .withValidation(new ValidationOptions(3, 8, 2))
        .withSeed(5);
  }
}
