package rft.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
   * Hears that a training has its run's folder and begins, or goes on.
   *
   * @param run the run's id
   * @param steps steps the run has in all
   */
  default void runStarted(String run, int steps) {}

  /** Hears of every finished step of a training; step 0 is the model before it. */
  default void stepFinished(Step step) {}

  /**
   * Hears what a verb has found so far, at most twice a second; the result itself comes at the end.
   */
  default void soFar(Result result) {}

  /** Returns who types lines to the verb; empty where nobody can. */
  default Optional<Typist> typist() {
    return Optional.empty();
  }

  /** Standard input, with a person or a file behind it. */
  interface Typist {
    /**
     * Waits for the next line and returns it; empty at the end.
     *
     * @throws IOException if it cannot be read
     */
    Optional<String> next() throws IOException;

    /** Returns whether it is a person, who wants each answer at once. */
    boolean isPerson();
  }

  /**
   * A finished step of a training.
   *
   * @param run the run's id
   * @param step 0 before training, then from 1
   * @param steps steps the run has in all
   * @param metrics by the keys of {@link rft.run.Metric}
   */
  record Step(String run, int step, int steps, Map<String, Double> metrics) {
    public Step {
      metrics = Map.copyOf(metrics);
    }
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
