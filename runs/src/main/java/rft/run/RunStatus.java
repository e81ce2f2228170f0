package rft.run;

import java.util.Locale;

/** Where a run stands. */
public enum RunStatus {
  /** A trainer works on it. */
  RUNNING,
  /** It was paused after a checkpoint and can be resumed. */
  PAUSED,
  /** It was stopped on request before its last step. */
  STOPPED,
  /** It reached its last step. */
  FINISHED,
  /** It ended because of an error. */
  FAILED,
  /** It ended because loss or gradients stayed non-finite. */
  DIVERGED,
  /** Its trainer vanished without a word; it can be resumed from its latest checkpoint. */
  CRASHED,
  /** Its files cannot be read. */
  DAMAGED;

  /** Returns the lower-case name used in output. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
