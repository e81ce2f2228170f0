package rft.command;

import java.io.IOException;

/**
 * One command with its options, which are the fields annotated for picocli. The shell, a notebook's
 * magic and Java code all call {@link #run}; none of them declares an option again. A verb knows no
 * terminal: it talks through its progress and its result.
 *
 * @param <R> a record
 */
public interface Verb<R extends Result> {
  /**
   * Returns what the command found or made.
   *
   * @param progress whom to tell how far it is, and to ask whether to stop
   * @throws CommandException if it cannot be done, in one sentence for the user
   * @throws IllegalArgumentException if an option has a value that makes no sense
   * @throws IOException if a file cannot be read or written
   * @throws InterruptedException if the thread is interrupted
   */
  R run(Progress progress) throws IOException, InterruptedException;

  /** Runs the verb, so that its caller hears also what is found while an option is read. */
  default R heard(Progress progress) throws IOException, InterruptedException {
    Progress before = Notices.hear(progress);
    try {
      return run(progress);
    } finally {
      Notices.hear(before);
    }
  }

  /**
   * Tells it, before it runs, that it does so in a notebook, whose cells nobody leaves running
   * until Ctrl-C.
   */
  default void inNotebook() {}

  /** Returns the sentence for whoever ends it early; it must be true of what {@link #run} does. */
  default String stopping() {
    return "Stopping.";
  }
}
