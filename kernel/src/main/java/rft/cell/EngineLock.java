package rft.cell;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Held while JShell compiles or analyses, free while code of a cell runs: so that an editor's
 * question is answered during a long cell, and never in the middle of a compilation.
 */
final class EngineLock extends ReentrantLock {
  private static final long serialVersionUID = 1L;
  private static final long PATIENCE_MILLIS = 3_000;

  /** Returns the thread that uses JShell now. */
  @Nullable Thread owner() {
    return getOwner();
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
