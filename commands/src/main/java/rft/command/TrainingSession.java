package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.reward.RewardUnit;
import rft.rollout.LoadedModel;
import rft.run.CheckpointStore;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunInputs;
import rft.run.RunReader;
import rft.run.RunWriter;
import rft.run.TrainOptions;

/**
 * Trains in this process: makes the run's folder or opens it, loads what it needs, and reports the
 * end.
 */
final class TrainingSession {
  private final Installation installation;
  private final RunHome home;
  private final Progress progress;

  TrainingSession(Installation installation, Progress progress) {
    this.installation = installation;
    this.home = RunHome.standard();
    this.progress = progress;
  }

  /** Returns a new run after its training. */
  TrainedRun fresh(TrainOptions given, String name) throws IOException {
    TrainOptions options = located(given);
    try (LoadedModel model = open(options)) {
      return fresh(options, name, model);
    }
  }

  /** The same with a model that is loaded already; it holds what was trained afterwards. */
  TrainedRun fresh(TrainOptions given, String name, LoadedModel model) throws IOException {
    TrainOptions options = located(given);
    Dataset dataset = dataset(options.inputs().dataset());
    RewardUnit reward = installation.reward(options.inputs().reward());
    RunFolder folder = home.create(name);
    RunHeader header = header(folder, name, options, dataset, reward, model, null);
    try (RunWriter writer = RunWriter.create(folder, header)) {
      reward.writeJar(folder.rewardJar());
      return train(folder, options, reward, dataset, model, writer);
    }
  }

  /**
   * Returns a run after it went on from its last checkpoint.
   *
   * @throws CommandException if its dataset changed since, or it is finished
   */
  TrainedRun resume(String id) throws IOException {
    RunFolder folder = home.open(id);
    try (RunWriter writer = RunWriter.resume(folder)) {
      RunHeader header = writer.header();
      TrainOptions options = header.options();
      Dataset dataset = unchanged(header);
      RewardUnit reward = RewardUnit.readJar(folder.rewardJar());
      try (LoadedModel model = open(options)) {
        return train(folder, options, reward, dataset, model, writer);
      }
    }
  }

  /** Returns a new run that began with a checkpoint of another, after its training. */
  TrainedRun fork(ForkPoint point, TrainFlags flags, @Nullable String name) throws IOException {
    RunFolder source = home.open(point.run());
    RunHeader from = headerOf(source);
    CheckpointStore checkpoints = new CheckpointStore(source);
    if (!checkpoints.steps().contains(point.step())) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "run "
              + point.run()
              + " has no checkpoint of step "
              + point.step()
              + ": it has those of "
              + checkpoints.steps());
    }
    TrainOptions options = located(flags.over(from.options()));
    RewardUnit reward = RewardUnit.readJar(source.rewardJar());
    Dataset dataset = dataset(options.inputs().dataset());
    try (LoadedModel model = open(options)) {
      String called = name == null ? from.name() : name;
      RunFolder folder = home.create(called);
      RunHeader header = header(folder, called, options, dataset, reward, model, point.text());
      try (RunWriter writer = RunWriter.create(folder, header)) {
        reward.writeJar(folder.rewardJar());
        writer.checkpoints().write(point.step(), to -> copy(checkpoints.folder(point.step()), to));
        return train(folder, options, reward, dataset, model, writer);
      }
    }
  }

  static RunHeader headerOf(RunFolder folder) throws IOException {
    try (RunReader reader = RunReader.open(folder)) {
      return reader.header();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private TrainedRun train(
      RunFolder folder,
      TrainOptions options,
      RewardUnit reward,
      Dataset dataset,
      LoadedModel model,
      RunWriter writer)
      throws IOException {
    TrainingRun run = new TrainingRun(folder, options, reward, dataset);
    return new RunEnding(folder).summary(run.train(model, writer, progress), options.seed());
  }

  /** Returns the options with absolute paths, so that the run can be resumed from anywhere. */
  private TrainOptions located(TrainOptions options) {
    RunInputs inputs = options.inputs();
    Path model = installation.model(inputs.model()).toAbsolutePath().normalize();
    Path dataset = installation.datasetFile(inputs.dataset()).toAbsolutePath().normalize();
    return options.withInputs(
        new RunInputs(
            model.toString(),
            dataset.toString(),
            inputs.reward(),
            inputs.device(),
            inputs.threads()));
  }

  private static LoadedModel open(TrainOptions options) {
    RunInputs inputs = options.inputs();
    return LoadedModel.open(Path.of(inputs.model()), inputs.device(), inputs.threads());
  }

  private Dataset dataset(String file) throws IOException {
    Dataset dataset = installation.dataset(file);
    if (!dataset.problems().isEmpty()) {
      progress.say(
          dataset.problems().size()
              + " of "
              + dataset.rows()
              + " rows of "
              + dataset.name()
              + " are left out, the first at "
              + dataset.problems().get(0).sentence()
              + " (rft data check lists them)");
    }
    return dataset;
  }

  private Dataset unchanged(RunHeader header) throws IOException {
    String file = header.options().inputs().dataset();
    Dataset dataset = dataset(file);
    if (!dataset.sha256().equals(header.dataset().sha256())) {
      throw new CommandException(
          ExitCode.FAILED,
          "the dataset "
              + file
              + " changed since run "
              + header.id()
              + " began: put the old one back, or begin a new run with rft train --fork");
    }
    return dataset;
  }

  private static RunHeader header(
      RunFolder folder,
      String name,
      TrainOptions options,
      Dataset dataset,
      RewardUnit reward,
      LoadedModel model,
      @Nullable String forkedFrom)
      throws IOException {
    Splitter splitter = Splitter.standard();
    Map<String, Integer> counts = new HashMap<>();
    for (Split split : Split.values()) {
      counts.put(split.jsonName(), 0);
    }
    dataset
        .tasks()
        .forEach(task -> counts.merge(splitter.splitOf(task).jsonName(), 1, Integer::sum));
    return new RunHeader(
        folder.id(),
        name,
        Clock.systemUTC().instant(),
        ProductVersion.number(),
        options,
        new RunHeader.DatasetInfo(dataset.sha256(), counts),
        new RunHeader.RewardInfo(reward.name(), reward.sha256()),
        new RunHeader.ModelInfo(
            model.folder().toString(), model.policy().config().parameters(), model.weightsSha256()),
        forkedFrom,
        RunHeader.Machine.here(model.policy().engine()));
  }
}
