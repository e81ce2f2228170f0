package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.loop.HandLoop;
import rft.loop.Trainer;
import rft.reward.RewardUnit;
import rft.rollout.LoadedModel;
import rft.run.CheckpointStore;
import rft.run.DamagedRunException;
import rft.run.NumberText;
import rft.run.RunControl;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunInputs;
import rft.run.RunReader;
import rft.run.RunStatus;
import rft.run.RunWriter;
import rft.run.TrainOptions;
import rft.worker.WorkerReward;

/**
 * Trains in this process: loads what a run needs, makes its folder or opens it, and reports the
 * end. A new run gets its folder last, so that whatever is wrong with its inputs leaves none.
 */
final class TrainingSession {
  /** What is said when a training is asked to end. */
  static final String STOPPING = "Stopping: the work done so far is being saved.";

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
    NewRun run = newRun(given, name);
    try (LoadedModel model = open(run.options())) {
      return begin(run, model);
    }
  }

  /** The same with a model that is loaded already; it holds what was trained afterwards. */
  TrainedRun fresh(TrainOptions given, String name, LoadedModel model) throws IOException {
    return begin(newRun(given, name), model);
  }

  /** Returns the stages of a new run over a model that is loaded already; nothing is recorded. */
  HandLoop byHand(TrainOptions given, LoadedModel model) throws IOException {
    NewRun run = newRun(given, "by hand");
    new TrainableTasks(run.dataset(), run.options()).check(model, progress);
    return HandLoop.of(
        model,
        run.options(),
        SplitTasks.of(run.dataset(), Split.TRAIN, Integer.MAX_VALUE),
        WorkerReward.judge(run.reward(), run.options().reward().timeLimit()));
  }

  private NewRun newRun(TrainOptions given, String name) throws IOException {
    TrainOptions options = located(given);
    return new NewRun(
        name,
        options,
        dataset(options.inputs().dataset()),
        installation.reward(options.inputs().reward()),
        check(options),
        null);
  }

  /**
   * Returns a run after it went on from its last checkpoint; a finished one as it is.
   *
   * @throws CommandException if its dataset or base model changed since
   */
  TrainedRun resume(String id) throws IOException {
    RunFolder folder = Run.named(id).folder();
    try (RunReader reader = RunReader.open(folder)) {
      if (reader.status() == RunStatus.FINISHED) {
        return finishedAlready(folder, reader);
      }
    }
    try (RunWriter writer = reopen(folder)) {
      RunHeader header = writer.header();
      TrainOptions options = header.options();
      Dataset dataset = unchanged(header);
      RewardUnit reward = RewardUnit.readJar(folder.rewardJar());
      try (LoadedModel model = open(options)) {
        requireUnchanged(model.folder(), model.weightsSha256(), header);
        ForkPoint.complete(home, writer);
        progress.say("run " + folder.id() + " goes on; Ctrl-C pauses it");
        return train(
            new NewRun(header.name(), options, dataset, reward, storedCheck(folder), null),
            model,
            writer);
      }
    }
  }

  private static RunWriter reopen(RunFolder folder) throws IOException {
    try {
      return RunWriter.resume(folder);
    } catch (DamagedRunException e) {
      throw e;
    } catch (IOException e) {
      throw new UnwritableRunException(folder, e);
    }
  }

  private static TrainedRun finishedAlready(RunFolder folder, RunReader reader) throws IOException {
    int steps = reader.lastStep();
    String reason =
        String.format(
            Locale.ROOT,
            "is finished already; to train it further: rft train --fork %s@%d --steps %d",
            folder.id(),
            steps,
            2 * steps);
    return new RunEnding(folder)
        .summary(
            new Trainer.Outcome(Trainer.Ending.FINISHED, steps, reason),
            reader.header().options().seed());
  }

  /**
   * Returns a new run that began with a checkpoint of another, after its training.
   *
   * @param flags options to use in place of the other run's
   * @param changes dataset and reward to use in place of the other run's
   */
  TrainedRun fork(ForkPoint point, TrainFlags flags, ForkChanges changes) throws IOException {
    RunFolder source = home.open(point.run());
    new RunControl(source)
        .hold(point.step(), RunControl.thisProcess()); // The other run may be in training.
    try {
      return fork(point, source, flags, changes);
    } finally {
      new RunControl(source).release(point.step(), RunControl.thisProcess());
    }
  }

  private TrainedRun fork(ForkPoint point, RunFolder source, TrainFlags flags, ForkChanges changes)
      throws IOException {
    RunHeader from = headerOf(source);
    point.require(new CheckpointStore(source).steps());
    TrainOptions options = located(changes.over(flags.over(from.options())));
    point.requireFit(from.options(), options);
    RewardUnit reward =
        changes.reward() == null
            ? RewardUnit.readJar(source.rewardJar(from.rewardVersionAt(point.step())))
            : installation.reward(changes.reward());
    RewardUnit check = flags.check == null ? storedCheck(source) : check(options);
    Dataset dataset = dataset(options.inputs().dataset());
    String name = changes.name() == null ? from.name() : changes.name();
    try (LoadedModel model = open(options)) {
      requireUnchanged(model.folder(), model.weightsSha256(), from);
      return begin(new NewRun(name, options, dataset, reward, check, point), model);
    }
  }

  static RunHeader headerOf(RunFolder folder) throws IOException {
    try (RunReader reader = RunReader.open(folder)) {
      return reader.header();
    }
  }

  private TrainedRun begin(NewRun run, LoadedModel model) throws IOException {
    new TrainableTasks(run.dataset(), run.options()).check(model, progress);
    RunFolder folder = home.create(run.name());
    boolean begun = false;
    try (RunWriter writer = created(run, folder, model)) {
      run.reward().warnings().forEach(warning -> progress.say("warning: " + warning));
      if (run.origin() != null) {
        run.origin().copyTo(home, writer.checkpoints());
      }
      begun = true;
      progress.say("run " + folder.id() + " begins; Ctrl-C pauses it");
      return train(run, model, writer);
    } catch (IOException e) {
      throw begun ? e : new UnwritableRunException(home, e);
    } finally {
      if (!begun) {
        home.discard(folder);
      }
    }
  }

  /** The header comes last: a run that has one can be resumed. */
  private static RunWriter created(NewRun run, RunFolder folder, LoadedModel model)
      throws IOException {
    RunFolder.writeJar(run.reward(), folder.rewardJar());
    if (run.check() != null) {
      RunFolder.writeJar(run.check(), folder.checkJar());
    }
    return RunWriter.create(folder, run.header(folder, model));
  }

  private TrainedRun train(NewRun run, LoadedModel model, RunWriter writer) throws IOException {
    RunEnding ending = new RunEnding(writer.folder());
    try {
      Trainer.Outcome outcome =
          new TrainingRun(writer.folder(), run).train(model, writer, progress);
      return ending.summary(outcome, run.options().seed());
    } catch (IOException e) {
      throw new UnwritableRunException(writer.folder(), e);
    }
  }

  private @Nullable RewardUnit check(TrainOptions options) throws IOException {
    String check = options.validation().check();
    return check == null ? null : installation.reward(check);
  }

  private static @Nullable RewardUnit storedCheck(RunFolder folder) throws IOException {
    return Files.exists(folder.checkJar()) ? RewardUnit.readJar(folder.checkJar()) : null;
  }

  /** Returns the options with absolute paths, so that the run can be resumed from anywhere. */
  private TrainOptions located(TrainOptions options) throws IOException {
    RunInputs inputs = options.inputs();
    Path model = installation.model(inputs.model()).toAbsolutePath().normalize();
    Path dataset = installation.datasetFile(inputs.dataset()).toAbsolutePath().normalize();
    return options.withInputs(
        new RunInputs(
            model.toString(),
            dataset.toString(),
            inputs.reward(),
            inputs.device(),
            inputs.threads(),
            inputs.precision()));
  }

  private LoadedModel open(TrainOptions options) {
    RunInputs inputs = options.inputs();
    return installation.open(Path.of(inputs.model()), Placement.of(inputs));
  }

  /** Refuses a model's weights that are not those that a run's checkpoints belong to. */
  static void requireUnchanged(Path folder, String sha256, RunHeader header) {
    if (!sha256.equals(header.model().sha256())) {
      throw new CommandException(
          ExitCode.FAILED,
          "the weights in "
              + folder
              + " changed since run "
              + header.id()
              + " began: put the old ones back, or begin a new run on the new ones");
    }
  }

  private Dataset dataset(String file) throws IOException {
    Dataset dataset = installation.dataset(file);
    if (!dataset.problems().isEmpty()) {
      progress.say(
          "%d of %s of %s left out, the first at %s (rft data check lists them)"
              .formatted(
                  dataset.problems().size(),
                  NumberText.counted(dataset.rows(), "row"),
                  dataset.name(),
                  dataset.problems().get(0).sentence()));
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
}
