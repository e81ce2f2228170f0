package rft.reward;

import java.lang.reflect.InvocationTargetException;

/** Ends a thread that a reward does not give back, as far as Java can. */
final class HangingThread {
  private HangingThread() {}

  /**
   * Interrupts the thread. Before Java 20 one that spins in code of a reward is stopped, too: such
   * code holds nothing that others need. In code of the platform or of the product a stop could
   * leave anything half done, so there it is not tried.
   */
  static void end(Thread thread) {
    thread.interrupt();
    StackTraceElement[] frames = thread.getStackTrace();
    if (frames.length == 0 || !UnitClassLoader.NAME.equals(frames[0].getClassLoaderName())) {
      return;
    }
    try {
      // By name, because the compiler refuses what Java 20 took the effect from.
      Thread.class.getMethod("stop").invoke(thread);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      // A later Java: the thread spins on until this process ends.
    }
  }
}
