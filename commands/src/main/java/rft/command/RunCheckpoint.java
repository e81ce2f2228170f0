package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import rft.loop.SavedWeights;
import rft.rollout.LoadedModel;
import rft.run.CheckpointStore;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;

/**
 * A checkpoint of a run, as {@code RUN} or {@code RUN@STEP} names it.
 *
 * @param run the run's id
 * @param step the step, or null for the best by validation
 */
record RunCheckpoint(String run, @Nullable Integer step) {
  static RunCheckpoint parse(String text) {
    if (text.indexOf('@') < 0) {
      return new RunCheckpoint(text, null);
    }
    ForkPoint point = ForkPoint.parse(text);
    return new RunCheckpoint(point.run(), point.step());
  }

  /** Returns the run's base model, or another, with the checkpoint switched on. */
  LoadedModel open(Installation installation, @Nullable String model, String device, int threads)
      throws IOException {
    RunHeader header = TrainingSession.headerOf(RunHome.standard().open(run));
    Path base =
        model == null ? Path.of(header.options().inputs().model()) : installation.model(model);
    LoadedModel loaded = installation.open(base, device, threads);
    boolean done = false;
    try {
      SavedWeights.prepare(loaded, header.options().adapter());
      restore(loaded);
      done = true;
      return loaded;
    } finally {
      if (!done) {
        loaded.close();
      }
    }
  }

  /** Puts the checkpoint's weights into a model that trains what the run trained. */
  void restore(LoadedModel model) throws IOException {
    RunFolder folder = RunHome.standard().open(run);
    CheckpointStore checkpoints = new CheckpointStore(folder);
    int chosen = step == null ? checkpoints.best().orElse(checkpoints.latest().orElse(-1)) : step;
    if (!checkpoints.steps().contains(chosen)) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "run "
              + run
              + " has no checkpoint"
              + (step == null ? "" : " of step " + step)
              + ": it has those of steps "
              + checkpoints.steps());
    }
    SavedWeights.restore(
        checkpoints.folder(chosen), model, TrainingSession.headerOf(folder).options().adapter());
  }
}
