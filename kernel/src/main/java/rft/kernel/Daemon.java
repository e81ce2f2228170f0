package rft.kernel;

/** The kernel's own threads. */
final class Daemon {
  private Daemon() {}

  /** Returns a thread that inherits no cell and keeps no process alive. */
  static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    // A cell may replace the default handler of all threads.
    thread.setUncaughtExceptionHandler(
        (dying, e) ->
            System.getLogger("rft.kernel")
                .log(System.Logger.Level.ERROR, dying.getName() + " ended", e));
    return thread;
  }
}
