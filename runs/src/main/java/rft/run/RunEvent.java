package rft.run;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a run and is worth a line of its own.
 *
 * @param sequence position in the run's history; rises, and is never used twice
 * @param at when it was recorded, by the writer's clock, which may jump: order by sequence
 * @param step last step that was complete then; 0 before the first
 * @param kind what happened
 * @param detail one sentence for the reader; empty when the kind says it all
 */
public record RunEvent(long sequence, Instant at, int step, Kind kind, String detail) {
  /** What can happen to a run. */
  public enum Kind {
    /** Training began. */
    STARTED(RunStatus.RUNNING),
    /** Training went on from a checkpoint of this run. */
    RESUMED(RunStatus.RUNNING),
    /** Training began from a checkpoint of another run. */
    FORKED(RunStatus.RUNNING),
    /** Training paused after a checkpoint and can be resumed. */
    PAUSED(RunStatus.PAUSED),
    /** Training was stopped on request before its last step. */
    STOPPED(RunStatus.STOPPED),
    /** Training reached its last step. */
    FINISHED(RunStatus.FINISHED),
    /** Training ended because of an error. */
    FAILED(RunStatus.FAILED),
    /** Training ended because loss or gradients stayed non-finite. */
    DIVERGED(RunStatus.DIVERGED),
    /** A step left the weights as they were. */
    STEP_SKIPPED(null),
    /** Another version of the reward counts from this step on. */
    REWARD_CHANGED(null),
    /** Training reward and check have parted. */
    ALARM(null),
    /** A checkpoint was written. */
    CHECKPOINT(null),
    /** Something the reader should know; the run goes on. */
    WARNING(null);

    private final @Nullable RunStatus status;

    Kind(@Nullable RunStatus status) {
      this.status = status;
    }

    /** Returns the status a run has after this event, or empty when it changes none. */
    public Optional<RunStatus> status() {
      return Optional.ofNullable(status);
    }

    /** Returns the kinds that say where a run stands, as a list of SQL. */
    static String quotedWithStatus() {
      return Arrays.stream(values())
          .filter(kind -> kind.status != null)
          .map(kind -> "'" + kind.name() + "'")
          .collect(Collectors.joining(", "));
    }
  }
}
