package rft.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training that the workbench was asked for, as its file says.
 *
 * @param id its folder's name
 * @param name what the user calls it; begins the run's id
 * @param kind {@code train}, {@code resume} or {@code fork}
 * @param model base model, as the user calls it
 * @param data dataset, as the user calls it
 * @param reward as the user calls it
 * @param device where it computes
 * @param arguments of rft that begin its run
 * @param command the same for a person to type
 * @param created when, in ISO form
 * @param position place in the queue; lower ones first
 * @param waiting whether it waits for its turn
 * @param attempt processes started so far
 * @param run the run that it made or goes on with; null before
 * @param asked what the user wants of its process, or wanted of the last one; null for nothing
 * @param problem why no process could be started, or null
 */
record Job(
    String id,
    String name,
    String kind,
    String model,
    String data,
    String reward,
    String device,
    List<String> arguments,
    String command,
    String created,
    long position,
    boolean waiting,
    int attempt,
    @Nullable String run,
    @Nullable Wish asked,
    @Nullable String problem) {
  /** What a user wants of a running job. */
  enum Wish {
    PAUSE,
    CANCEL
  }

  Job {
    arguments = List.copyOf(arguments);
  }

  /** Returns the arguments of its next process: a run that is there is gone on with. */
  List<String> nextArguments() {
    return run == null ? arguments : List.of("train", "--resume", run);
  }

  Job queued(long atPosition) {
    return with(atPosition, true, attempt, run, null, null);
  }

  Job withdrawn() {
    return with(position, false, attempt, run, Wish.CANCEL, null);
  }

  Job started() {
    return with(position, false, attempt + 1, run, null, null);
  }

  Job withRun(String id) {
    return with(position, waiting, attempt, id, asked, problem);
  }

  Job asking(Wish wish) {
    return with(position, waiting, attempt, run, wish, problem);
  }

  Job failedToStart(String why) {
    return with(position, false, attempt, run, asked, why);
  }

  private Job with(
      long newPosition,
      boolean newWaiting,
      int newAttempt,
      @Nullable String newRun,
      @Nullable Wish newAsked,
      @Nullable String newProblem) {
    return new Job(
        id,
        name,
        kind,
        model,
        data,
        reward,
        device,
        arguments,
        command,
        created,
        newPosition,
        newWaiting,
        newAttempt,
        newRun,
        newAsked,
        newProblem);
  }
}
