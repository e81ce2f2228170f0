package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import rft.run.CheckpointStore;
import rft.run.NoSuchRunException;
import rft.run.NumberText;
import rft.run.RunControl;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunWriter;
import rft.run.TrainOptions;

/**
 * A checkpoint of a run, as {@code RUN@STEP} names it.
 *
 * @param run the run's id
 * @param step a step that has a checkpoint
 */
record ForkPoint(String run, int step) {
  /** Returns the point with the run's id in place of its name. */
  ForkPoint resolved() throws IOException {
    return new ForkPoint(Run.named(run).id(), step);
  }

  /** Returns the point that a text names. */
  static ForkPoint parse(String text) {
    int at = text.lastIndexOf('@');
    try {
      if (at > 0) {
        return new ForkPoint(text.substring(0, at), Integer.parseInt(text.substring(at + 1)));
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for every wrong form.
    }
    throw new CommandException(
        ExitCode.USAGE,
        "a checkpoint ("
            + text
            + ") must be RUN@STEP, for example addition-20261124-213012-3f2a@20");
  }

  /**
   * Refuses a step without a checkpoint.
   *
   * @throws CommandException if it has none, listing the steps that have one
   */
  void require(List<Integer> steps) {
    if (!steps.contains(step)) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "run " + run + " has no checkpoint of step " + step + ", only of " + steps);
    }
  }

  /**
   * Refuses options with which the checkpoint cannot be gone on from.
   *
   * @param from the options it was made with
   * @param to those of the fork
   */
  void requireFit(TrainOptions from, TrainOptions to) {
    if (!from.adapter().equals(to.adapter())) {
      throw new CommandException(
          ExitCode.USAGE,
          "--full, --rank, --alpha and --targets cannot change in a fork: the checkpoint holds"
              + " weights of the old shape");
    }
    if (to.loop().steps() <= step) {
      throw new CommandException(
          ExitCode.USAGE,
          "nothing is left to train from step "
              + step
              + " on: the run has "
              + NumberText.counted(to.loop().steps(), "step")
              + " in all; give more with --steps");
    }
  }

  /**
   * Copies the checkpoint into a run that is to begin with it.
   *
   * @throws NoSuchRunException if its run is gone
   * @throws CommandException if its run dropped it
   */
  void copyTo(RunHome home, CheckpointStore to) throws IOException {
    RunFolder source = home.open(run);
    RunControl control = new RunControl(source);
    control.hold(step, RunControl.thisProcess()); // The other run may be in training.
    try {
      CheckpointStore from = new CheckpointStore(source);
      require(from.steps());
      to.write(step, folder -> copy(from.folder(step), folder));
    } finally {
      control.release(step, RunControl.thisProcess());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /**
   * Copies the checkpoint that a run begins with where the run was killed before it had it; else it
   * would begin with the base model.
   *
   * @throws CommandException if it cannot be copied any more
   */
  static void complete(RunHome home, RunWriter writer) throws IOException {
    String origin = writer.header().forkedFrom();
    if (origin == null || writer.checkpoints().latest().isPresent()) {
      return;
    }
    try {
      parse(origin).copyTo(home, writer.checkpoints());
    } catch (NoSuchRunException | CommandException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "run "
              + writer.folder().id()
              + " ended before "
              + origin
              + ", which it begins with, was copied, and now it cannot be: "
              + e.getMessage());
    }
  }

  /** Returns the point as it is written. */
  String text() {
    return run + "@" + step;
  }
}
