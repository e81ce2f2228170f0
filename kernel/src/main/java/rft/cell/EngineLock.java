package rft.cell;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Held while JShell compiles or analyses, free while code of a cell runs: so that an editor's
 * question is answered during a long cell, and never in the middle of a compilation.
 *
 * <p>The thread that holds it is never interrupted: an interrupt closes the jar that the compiler
 * reads, for good. It hears of the interrupt when it lets go.
 */
final class EngineLock extends ReentrantLock {
  private static final long serialVersionUID = 1L;
  private static final long PATIENCE_MILLIS = 3_000;

  private final Object gate = new Object();

  /** Whether the holder is to be interrupted when it lets go. */
  private boolean interrupted;

  @Override
  public void lock() {
    super.lock();
    keepInterrupt();
  }

  private void keepInterrupt() {
    synchronized (gate) {
      interrupted |= Thread.interrupted();
    }
  }

  @Override
  public void unlock() {
    boolean tell = false;
    synchronized (gate) {
      if (getHoldCount() == 1) {
        tell = interrupted;
        interrupted = false;
      }
      super.unlock();
    }
    if (tell) {
      Thread.currentThread().interrupt();
    }
  }

  /** Interrupts a thread, at once or, if it holds this, when it lets go. */
  void interrupt(Thread thread) {
    synchronized (gate) {
      if (getOwner() == thread) {
        interrupted = true;
      } else {
        thread.interrupt();
      }
    }
  }

  /** Does something unless a thread of this kind holds the lock; none gets it meanwhile. */
  void unlessHeldBy(Predicate<Thread> kind, Runnable action) {
    synchronized (gate) {
      Thread owner = getOwner();
      if (owner == null || !kind.test(owner)) {
        action.run();
      }
    }
  }

  /** What is done with JShell. */
  interface Use<T, E extends Exception> {
    T run() throws E;
  }

  /** Does something while no other thread uses JShell. */
  <T, E extends Exception> T hold(Use<T, E> use) throws E {
    lock();
    try {
      return use.run();
    } finally {
      unlock();
    }
  }

  /** Does something without a result while no other thread uses JShell. */
  void use(Runnable use) {
    lock();
    try {
      use.run();
    } finally {
      unlock();
    }
  }

  /** Returns the answer to a question; another one if JShell is busy for long. */
  <T> T ask(Supplier<T> question, T otherwise) {
    try {
      if (!tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        return otherwise;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    }
    keepInterrupt();
    try {
      return question.get();
    } finally {
      unlock();
    }
  }

  /** Frees the lock however often the calling thread holds it; returns how often that was. */
  int free() {
    int holds = getHoldCount();
    for (int i = 0; i < holds; i++) {
      unlock();
    }
    return holds;
  }

  /** Takes the lock this often. */
  void take(int holds) {
    for (int i = 0; i < holds; i++) {
      lock();
    }
  }
}
