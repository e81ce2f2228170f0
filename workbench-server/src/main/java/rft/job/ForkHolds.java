package rft.job;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.run.CheckpointStore;
import rft.run.NoSuchRunException;
import rft.run.RunControl;
import rft.run.RunFolder;
import rft.run.RunHome;

/**
 * The checkpoints that jobs are to begin with. A run that is being trained drops all but its latest
 * ones, so a fork on the list holds its own until it has made a run with a copy of it.
 */
record ForkHolds(RunHome home) {
  private static final Pattern FORK = Pattern.compile("--fork=(.+)@(\\d+)");

  /** A checkpoint of a run. */
  private record Origin(RunFolder run, int step) {}

  /**
   * Holds the checkpoint of a job that is to fork it, and has no run yet; releases it once it has.
   *
   * @return false if the job needs a checkpoint that is gone
   */
  boolean follow(Job job) throws IOException {
    Optional<Origin> origin = origin(job);
    if (origin.isEmpty() || job.run() != null) {
      release(job);
      return true;
    }
    int step = origin.get().step();
    new RunControl(origin.get().run()).hold(step, job.id());
    return new CheckpointStore(origin.get().run()).steps().contains(step);
  }

  /** Lets go of whatever a job holds. */
  void release(Job job) throws IOException {
    Optional<Origin> origin = origin(job);
    if (origin.isPresent()) {
      new RunControl(origin.get().run()).release(origin.get().step(), job.id());
    }
  }

  /** Returns nothing for a job that forks no run, or one that was removed. */
  private Optional<Origin> origin(Job job) throws IOException {
    for (String argument : job.arguments()) {
      Matcher fork = FORK.matcher(argument);
      if (fork.matches()) {
        try {
          return Optional.of(new Origin(home.open(fork.group(1)), Integer.parseInt(fork.group(2))));
        } catch (NoSuchRunException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
