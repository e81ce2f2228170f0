package rft.command;

/**
 * Facts worth a line that are found where no {@link Progress} is at hand, as when an option is
 * read: said to the one of the verb that this thread runs.
 */
final class Notices {
  private static final ThreadLocal<Progress> LISTENER =
      ThreadLocal.withInitial(() -> Progress.SILENT);

  private Notices() {}

  /** Makes another one the listener of this thread, and returns the one before. */
  static Progress hear(Progress next) {
    Progress before = LISTENER.get();
    LISTENER.set(next);
    return before;
  }

  static void say(String sentence) {
    LISTENER.get().say(sentence);
  }
}
