package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
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
  /**
   * Returns the checkpoint that a text names.
   *
   * @param text a named run or a run's id, and a step after {@code @}, or none
   * @throws IOException if there is no such run
   */
  static RunCheckpoint parse(String text) throws IOException {
    if (text.indexOf('@') < 0) {
      return new RunCheckpoint(Run.named(text).id(), null);
    }
    ForkPoint point = ForkPoint.parse(text);
    return new RunCheckpoint(Run.named(point.run()).id(), point.step());
  }

  /** Returns the checkpoint that a text names, or empty if it names no run. */
  static Optional<RunCheckpoint> find(String text) throws IOException {
    String name = text.indexOf('@') < 0 ? text : text.substring(0, text.indexOf('@'));
    boolean known =
        Workspace.current().get(name, Run.class).isPresent()
            || RunHome.standard().ids().contains(name);
    return known ? Optional.of(parse(text)) : Optional.empty();
  }

  /** Returns the checkpoint as it is written. */
  String text() {
    return step == null ? run : run + "@" + step;
  }

  /** Returns what the run made, not yet in memory. */
  Model model() throws IOException {
    return step == null ? new Run(run).model() : new Run(run).model(step);
  }

  /**
   * Returns a base model with the checkpoint switched on.
   *
   * @throws CommandException if the base model's weights are not those that the run began with
   */
  LoadedModel open(Installation installation, Path base, Placement place) throws IOException {
    RunHeader header = TrainingSession.headerOf(RunHome.standard().open(run));
    LoadedModel loaded = installation.open(base, place);
    boolean done = false;
    try {
      requireBase(installation, loaded, header);
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

  private static void requireBase(Installation installation, LoadedModel model, RunHeader header)
      throws IOException {
    Path own = installation.baseOf(header).toAbsolutePath().normalize();
    if (own.equals(model.folder().toAbsolutePath().normalize())) {
      TrainingSession.requireUnchanged(model.folder(), model.weightsSha256(), header);
    } else if (!model.weightsSha256().equals(header.model().sha256())) {
      throw new CommandException(
          ExitCode.USAGE,
          "run %s trained %s, and %s has other weights: leave out --model, or name a model with the same ones"
              .formatted(header.id(), own, model.folder()));
    }
  }

  /** Puts the checkpoint's weights into a model that trains what the run trained. */
  void restore(LoadedModel model) throws IOException {
    RunFolder folder = RunHome.standard().open(run);
    SavedWeights.restore(
        new CheckpointStore(folder).folder(chosen()),
        model,
        TrainingSession.headerOf(folder).options().adapter());
  }

  /**
   * Returns the step that is meant: the one named, else the best by validation, else the last.
   *
   * @throws CommandException if it has no checkpoint, listing the steps that have one
   */
  int chosen() throws IOException {
    CheckpointStore checkpoints = new CheckpointStore(RunHome.standard().open(run));
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
    return chosen;
  }
}
