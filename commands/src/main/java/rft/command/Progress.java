package rft.command;

import java.util.List;

/**
 * The caller of a running verb: is told how far it is, and may ask it to stop. The command line
 * draws a bar, a notebook HTML. Called from the thread that runs the verb.
 */
public interface Progress {
  /** Tells nobody and never stops. */
  Progress SILENT =
      new Progress() {
        @Override
        public void report(Update update) {}

        @Override
        public void say(String sentence) {}
      };

  /** Tells how far the verb is; cheap enough to call at every step. */
  void report(Update update);

  /** Tells one fact worth a line of its own, for example that a checkpoint was written. */
  void say(String sentence);

  /**
   * Returns true once the caller wants the verb to end early: it then saves what is done and
   * returns. May be called from any thread.
   */
  default boolean stopRequested() {
    return false;
  }

  /**
   * How far a verb is.
   *
   * @param activity what it does now, one or two words, for example {@code train}
   * @param done steps done
   * @param total steps in all; 0 when unknown
   * @param readings the values to show beside, in order
   */
  record Update(String activity, long done, long total, List<Reading> readings) {
    public Update {
      if (done < 0 || total < 0 || (total > 0 && done > total)) {
        throw new IllegalArgumentException(
            activity + ": " + done + " of " + total + " steps is no progress");
      }
      readings = List.copyOf(readings);
    }
  }

  /**
   * One value of a running verb.
   *
   * @param name short, for example {@code reward}
   * @param value may be NaN while unknown
   * @param unit for example {@code tok/s}; empty for a pure number
   */
  record Reading(String name, double value, String unit) {}
}
