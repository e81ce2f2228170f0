package rft.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.run.RunStatus;

/** Where a job stands. */
enum JobState {
  /** It waits for its turn. */
  QUEUED,
  /** Its process reads the model, the data and the reward; there is no run yet. */
  VALIDATING,
  /** It trains. */
  RUNNING,
  /** It saved a checkpoint and ended, to be resumed. */
  PAUSED,
  /** Its run reached its last step. */
  SUCCEEDED,
  /** It ended because of what it was given, or its run diverged. */
  FAILED,
  /** Its process vanished; it can be resumed from the last checkpoint. */
  CRASHED,
  /** The user ended it. */
  CANCELLED;

  @JsonValue
  String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isActive() {
    return this == VALIDATING || this == RUNNING;
  }

  /**
   * Returns the state of a job whose process does not run and which does not wait.
   *
   * @param run what its run says, empty if it has none
   * @param exitCode of its last process, or null if nobody knows
   */
  static JobState ended(Job job, Optional<RunStatus> run, @Nullable Integer exitCode) {
    if (run.isPresent()) {
      return ofRun(job, run.get());
    }
    if (job.problem() != null) {
      return FAILED;
    }
    if (job.attempt() == 0 || job.asked() != null) {
      return CANCELLED;
    }
    return exitCode == null || exitCode >= 128 ? CRASHED : FAILED;
  }

  private static JobState ofRun(Job job, RunStatus run) {
    return switch (run) {
      case RUNNING -> RUNNING;
      case FINISHED -> SUCCEEDED;
      case STOPPED -> CANCELLED;
      case PAUSED -> job.asked() == Job.Wish.CANCEL ? CANCELLED : PAUSED;
      case CRASHED -> job.asked() == Job.Wish.CANCEL ? CANCELLED : CRASHED;
      case FAILED, DIVERGED, DAMAGED -> FAILED;
    };
  }
}
