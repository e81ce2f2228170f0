package rft.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import rft.run.ChildProcess;
import rft.run.ProgressLine;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.run.RunStatus;

/** Looks at jobs: what their files, their processes and their runs say together. */
final class JobSight {
  private static final String COMPLAINT = "rft: ";

  private final JobQueue queue;
  private final RunHome home;

  JobSight(JobQueue queue, RunHome home) {
    this.queue = queue;
    this.home = home;
  }

  /**
   * Returns jobs as they stand, in the order given.
   *
   * @param lines of their logs at most
   */
  List<JobView> of(List<Job> jobs, int lines) throws IOException {
    List<JobView> views = new ArrayList<>();
    for (Job job : jobs) {
      views.add(of(job, lines));
    }
    return views;
  }

  JobView of(Job job, int lines) throws IOException {
    Optional<ChildProcess> child = queue.files().child(job);
    boolean alive = child.isPresent() && child.get().isAlive();
    Integer exitCode = child.isPresent() ? boxed(child.get().exitCode()) : null;
    RunSight run = run(job);
    JobState state = state(job, alive, run, exitCode);
    Optional<ProgressLine> progress = alive ? child.get().progress() : Optional.empty();
    List<String> log = child.isPresent() ? child.get().lastLines(lines) : List.of();
    boolean ending = alive && isOver(job, run);
    boolean training = progress.isPresent() && "train".equals(progress.get().activity());
    return new JobView(
        job.id(),
        job.name(),
        job.kind(),
        state,
        job.model(),
        job.data(),
        job.reward(),
        job.device(),
        job.command(),
        job.created(),
        job.waiting() ? place(job) : null,
        job.attempt(),
        child.map(process -> process.since().toString()).orElse(null),
        alive ? child.get().pid() : null,
        job.run(),
        state.isActive() ? job.asked() : null,
        ending,
        training ? Math.max(run.step(), progress.get().done()) : run.step(),
        run.steps(),
        progress.map(ProgressLine::readings).orElse(Map.of()),
        progress.map(ProgressLine::activity).orElse(null),
        alive ? null : exitCode,
        alive || job.waiting() ? null : problem(job, state, exitCode, log),
        log,
        actions(job, state, run, ending));
  }

  JobState state(Job job) throws IOException {
    Optional<ChildProcess> child = queue.files().child(job);
    boolean alive = child.isPresent() && child.get().isAlive();
    Integer exitCode = child.isPresent() ? boxed(child.get().exitCode()) : null;
    return state(job, alive, run(job), exitCode);
  }

  private static JobState state(Job job, boolean alive, RunSight run, @Nullable Integer exitCode) {
    if (job.waiting()) {
      return JobState.QUEUED;
    }
    if (alive) {
      return job.run() == null ? JobState.VALIDATING : JobState.RUNNING;
    }
    return JobState.ended(job, Optional.ofNullable(run.status()), exitCode);
  }

  private static @Nullable Integer boxed(OptionalInt number) {
    return number.isPresent() ? (Integer) number.getAsInt() : null;
  }

  private int place(Job job) {
    return 1
        + (int)
            queue.all().stream()
                .filter(Job::waiting)
                .filter(other -> other.device().equals(job.device()))
                .takeWhile(other -> !other.id().equals(job.id()))
                .count();
  }

  /**
   * What a job's run says.
   *
   * @param status null if there is no run, or none any more
   */
  private record RunSight(@Nullable RunStatus status, int step, int steps, boolean hasCheckpoint) {
    static final RunSight NONE = new RunSight(null, 0, 0, false);
  }

  private RunSight run(Job job) {
    if (job.run() == null) {
      return RunSight.NONE;
    }
    try (RunReader reader = RunReader.open(home.open(job.run()))) {
      return new RunSight(
          reader.status(),
          reader.lastStep(),
          reader.header().options().loop().steps(),
          !reader.checkpoints().steps().isEmpty());
    } catch (IOException | RuntimeException e) {
      return RunSight.NONE;
    }
  }

  private static @Nullable String problem(
      Job job, JobState state, @Nullable Integer exitCode, List<String> log) {
    if (job.problem() != null) {
      return job.problem();
    }
    if (state == JobState.CRASHED) {
      return "Its process ended without a word"
          + (exitCode == null
              ? "."
              : exitCode == 137 ? ": it was killed." : ", exit code " + exitCode + ".");
    }
    if (exitCode == null || exitCode == 0 || state == JobState.CANCELLED) {
      return null;
    }
    return log.stream()
        .filter(line -> line.startsWith(COMPLAINT))
        .reduce((earlier, later) -> later)
        .map(line -> line.substring(COMPLAINT.length()))
        .orElse(state == JobState.FAILED ? "It ended with exit code " + exitCode + "." : null);
  }

  /** Returns true if there is no step to come; a run that is gone on with says paused at first. */
  private static boolean isOver(Job job, RunSight run) {
    return run.status() == RunStatus.FINISHED
        || run.status() == RunStatus.STOPPED
        || (run.status() == RunStatus.PAUSED && job.asked() != null);
  }

  private static List<String> actions(Job job, JobState state, RunSight run, boolean ending) {
    return switch (state) {
      case QUEUED -> List.of("move", "cancel");
      case VALIDATING -> List.of("cancel");
      case RUNNING -> job.asked() == null && !ending ? List.of("pause", "cancel") : List.of("kill");
      case SUCCEEDED -> List.of("remove");
      case PAUSED, FAILED, CRASHED, CANCELLED ->
          run.hasCheckpoint() || (job.run() == null && state != JobState.FAILED)
              ? List.of("resume", "remove")
              : List.of("remove");
    };
  }
}
