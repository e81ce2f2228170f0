package rft.magic;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import rft.cell.JavaSession;
import rft.display.CellOutput;

/**
 * What the running cell does at the moment, and how an interrupt ends it. Java code is stopped at
 * once. A command is asked to end: a training finishes its step and saves it; one that never asks
 * is woken, and stopped after two seconds. A second interrupt within three seconds stops hard.
 */
final class Foreground implements AutoCloseable {
  private static final Duration TWICE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration GIVE_UP = Duration.ofSeconds(5);

  private final JavaSession java;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(null, task, "rft-interrupts", 0, false);
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable CellOutput output;
  private @Nullable Command command;
  private StopToken javaCalls = new StopToken();
  private boolean interrupted;
  private long lastInterrupt;
  private long cells;

  Foreground(JavaSession java) {
    this.java = java;
  }

  /**
   * A command in the foreground.
   *
   * @param saves whether it saves its work before it ends, however long that takes
   */
  private record Command(StopToken stop, Thread thread, boolean saves) {}

  synchronized void beginCell(CellOutput cellOutput) {
    cells++;
    output = cellOutput;
    interrupted = false;
    command = null;
    javaCalls = new StopToken();
    java.forgetStop();
  }

  synchronized void endCell() {
    cells++;
    output = null;
    command = null;
  }

  /** Returns what commands that the cell's Java code runs are to ask whether to end. */
  synchronized StopToken javaCalls() {
    return javaCalls;
  }

  /** Returns whether the running cell was interrupted. */
  synchronized boolean isInterrupted() {
    return interrupted;
  }

  /** Tells that the calling thread runs a command now; close the returned thing when it ends. */
  synchronized Running begin(StopToken stop, boolean saves) {
    Command outer = command;
    command = new Command(stop, Thread.currentThread(), saves);
    if (interrupted) {
      stop.request();
    }
    return () -> end(outer);
  }

  private synchronized void end(@Nullable Command outer) {
    command = outer;
    if (interrupted) {
      // What woke the command must not wake what the thread does next.
      Thread.interrupted();
    }
  }

  /** A command that runs until this is closed. */
  interface Running {
    void close();
  }

  /** Ends what runs; returns at once. */
  synchronized void interrupt() {
    long now = System.nanoTime();
    boolean again = interrupted && now - lastInterrupt < TWICE.toNanos();
    interrupted = true;
    lastInterrupt = now;
    boolean javaSaves = command == null && javaCalls.wasAskedWithin(PATIENCE);
    javaCalls.request();
    if (again || (command == null && !javaSaves)) {
      java.stop();
      after(GIVE_UP, this::nameRestart);
      return;
    }
    if (command != null) {
      command.stop().request();
    }
    if (command == null || command.saves()) {
      say("Stopping: the work done so far is being saved. Interrupt again to stop at once.");
    } else {
      java.interrupt(command.thread());
      after(PATIENCE, java::stop);
      after(GIVE_UP, this::nameRestart);
    }
  }

  private void after(Duration wait, Runnable then) {
    long cell = cells;
    var unused =
        timer.schedule(
            () -> {
              if (isStill(cell)) {
                then.run();
              }
            },
            wait.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private synchronized boolean isStill(long cell) {
    return cells == cell && output != null;
  }

  private synchronized void nameRestart() {
    say("The cell has not ended yet: it is in code that cannot be stopped. Restart the kernel.");
  }

  private void say(String sentence) {
    if (output != null) {
      output.display(new DisplayData(sentence));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
