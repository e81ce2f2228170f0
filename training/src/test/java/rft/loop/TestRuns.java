package rft.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import rft.dataset.Split;
import rft.dataset.Task;
import rft.reward.FailurePolicy;
import rft.reward.GroupReward;
import rft.reward.RewardJudge;
import rft.rollout.LoadedModel;
import rft.run.Metric;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.run.RunWriter;
import rft.run.TrainOptions;

/** Small real runs of the bundled model in a folder of a test. */
final class TestRuns {
  private final Path home;

  TestRuns(Path home) {
    this.home = home;
  }

  /** Lets a run go on to its end. */
  static Trainer.Control never() {
    return new Trainer.Control() {
      @Override
      public boolean stopRequested() {
        return false;
      }

      @Override
      public void stepFinished(int step, Map<String, Double> metrics) {}
    };
  }

  RunFolder create(TrainOptions options) throws IOException {
    RunFolder folder = new RunHome(home).create("test");
    RunHeader header =
        new RunHeader(
            folder.id(),
            "test",
            Instant.EPOCH,
            "test",
            options,
            new RunHeader.DatasetInfo("0", Map.of()),
            new RunHeader.RewardInfo("exact", "0"),
            null,
            new RunHeader.ModelInfo(BundledModel.FOLDER.toString(), 1, "0"),
            null,
            RunHeader.Machine.here("test"));
    RunWriter.create(folder, header).close();
    return folder;
  }

  static Trainer.Outcome train(
      RunFolder folder, TrainOptions options, GroupReward reward, Trainer.Control control)
      throws IOException {
    try (LoadedModel model = BundledModel.open()) {
      return train(model, folder, options, reward, control);
    }
  }

  static Trainer.Outcome train(
      LoadedModel model,
      RunFolder folder,
      TrainOptions options,
      GroupReward reward,
      Trainer.Control control)
      throws IOException {
    return train(model, folder, options, reward, BundledModel.exact().asGroup(), control);
  }

  static Trainer.Outcome train(
      LoadedModel model,
      RunFolder folder,
      TrainOptions options,
      GroupReward reward,
      GroupReward check,
      Trainer.Control control)
      throws IOException {
    Map<Split, List<Task>> dates = BundledModel.dates();
    try (RunWriter writer = RunWriter.resume(folder);
        RewardJudge judge = new RewardJudge(reward, Duration.ofSeconds(5));
        RewardJudge truth = new RewardJudge(check, Duration.ofSeconds(5))) {
      Trainer.Inputs inputs =
          new Trainer.Inputs(
              dates.get(Split.TRAIN),
              dates.get(Split.VALIDATION),
              new RewardGroupJudge(judge),
              new RewardGroupJudge(truth),
              FailurePolicy.standard());
      return new Trainer(model, options, inputs, writer, control).run();
    }
  }

  static Trainer.Outcome train(RunFolder folder, TrainOptions options, Trainer.Control control)
      throws IOException {
    return train(folder, options, BundledModel.exact().asGroup(), control);
  }

  /** Returns every metric of a run that does not depend on the clock, by key and step. */
  static Map<String, Double> metrics(RunFolder folder) throws IOException {
    Map<String, Double> metrics = new TreeMap<>();
    try (RunReader reader = RunReader.open(folder)) {
      for (String key : reader.series()) {
        if (Metric.ofKey(key).map(Metric::isTime).orElse(false)) {
          continue;
        }
        reader.metric(key).forEach(point -> metrics.put(key + "@" + point.step(), point.value()));
      }
    }
    return metrics;
  }

  static void assertSameFiles(Path one, Path two) throws IOException {
    try (Stream<Path> files = Files.list(one)) {
      List<Path> all = files.sorted().toList();
      assertTrue(
          all.size() >= 4, "a checkpoint holds adapter, config, optimizer and cursor: " + all);
      for (Path file : all) {
        assertArrayEquals(
            Files.readAllBytes(file),
            Files.readAllBytes(two.resolve(file.getFileName())),
            file.toString());
      }
    }
  }

  static Path checkpoint(RunFolder folder, int step) throws IOException {
    try (RunReader reader = RunReader.open(folder)) {
      return reader.checkpoints().require(step);
    }
  }
}
