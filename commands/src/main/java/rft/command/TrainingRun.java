package rft.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.loop.RewardGroupJudge;
import rft.loop.Trainer;
import rft.loop.VersionedJudge;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.rollout.LoadedModel;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunWriter;
import rft.run.TrainOptions;
import rft.worker.WorkerReward;

/** A run being trained in this process: fresh, resumed or forked. */
final class TrainingRun {
  private final RunFolder folder;
  private final NewRun run;

  TrainingRun(RunFolder folder, NewRun run) {
    this.folder = folder;
    this.run = run;
  }

  /** Returns how the training ended; the writer must hold the run's lock. */
  Trainer.Outcome train(LoadedModel model, RunWriter writer, Progress progress) throws IOException {
    TrainOptions options = run.options();
    model.dateAs(writer.header().created());
    Map<Split, List<Task>> splits = Splitter.standard().split(run.dataset().tasks());
    Steering steering = new Steering(folder, options.loop().steps(), progress);
    progress.runStarted(folder.id(), options.loop().steps());
    Duration limit = options.reward().timeLimit();
    RewardUnit check = run.check();
    try (VersionedJudge training =
            new VersionedJudge(writer, run.reward(), unit -> WorkerReward.judge(unit, limit));
        RewardJudge truth = check == null ? null : WorkerReward.judge(check, limit)) {
      Trainer.Inputs inputs =
          new Trainer.Inputs(
              tasks(splits, Split.TRAIN),
              tasks(splits, Split.VALIDATION),
              training,
              truth == null ? training::current : new RewardGroupJudge(truth),
              options.reward().failures());
      return new Trainer(model, options, inputs, writer, steering).run();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      recordFailure(writer, e);
      throw e;
    }
  }

  /** Leaves a word in the run, which else looks as if its trainer had vanished. */
  private static void recordFailure(RunWriter writer, Throwable failure) {
    try {
      int step = Math.max(0, writer.checkpoints().latest().orElse(0));
      writer.event(RunEvent.Kind.FAILED, step, String.valueOf(failure.getMessage()));
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static List<Task> tasks(Map<Split, List<Task>> splits, Split split) {
    return splits.getOrDefault(split, List.of());
  }
}
