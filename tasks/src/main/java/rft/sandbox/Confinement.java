package rft.sandbox;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a command into one that is confined. */
interface Confinement {
  String name();

  /** Returns whether it shows the programs of this machine; else only those of an image. */
  default boolean hasHostPrograms() {
    return true;
  }

  /**
   * Returns what to start.
   *
   * @param job folder with the command's files; null if there are none
   * @param isWorker true for one that answers many questions: its processor time is not limited
   */
  Confined confine(Command command, @Nullable Path job, boolean isWorker);

  /**
   * Kills a process that was started so, and all that it started. What it printed can still be
   * read: {@link Process#destroyForcibly} would close its streams, {@link ProcessHandle} does not.
   */
  default void kill(Process process, Confined confined) {
    process.toHandle().destroyForcibly();
  }

  /**
   * A confined command.
   *
   * @param arguments what to start
   * @param id of what it starts elsewhere; empty if its process is all
   */
  record Confined(List<String> arguments, String id) {
    public Confined {
      arguments = List.copyOf(arguments);
    }
  }
}
