package rft.command;

import java.util.Optional;

/**
 * What became of a wish to open the workbench.
 *
 * @param state running, ended or none
 * @param url its address, or an empty text
 * @param link its address with a code that opens it once, or an empty text
 * @param pid number of its process, or 0
 */
public record WorkbenchOpened(State state, String url, String link, long pid) implements Result {
  /** Whether there is one. */
  public enum State {
    /** It runs as a process of its own. */
    RUNNING,
    /** It ran until now. */
    ENDED,
    /** There was none to end. */
    NONE
  }

  /** Returns a running one, with a new code. */
  public static WorkbenchOpened running(WorkbenchProcess workbench, String link) {
    return new WorkbenchOpened(State.RUNNING, workbench.url(), link, workbench.pid());
  }

  /** Returns that none runs any more. */
  public static WorkbenchOpened ended() {
    return new WorkbenchOpened(State.ENDED, "", "", 0);
  }

  /** Returns that none ran. */
  public static WorkbenchOpened none() {
    return new WorkbenchOpened(State.NONE, "", "", 0);
  }

  @Override
  public Optional<String> text() {
    return Optional.of(
        switch (state) {
          case RUNNING -> "The workbench runs at\n  " + link + "\n'rft workbench --stop' ends it.";
          case ENDED -> "The workbench has ended; trainings that it started go on.";
          case NONE -> "No workbench runs.";
        });
  }
}
