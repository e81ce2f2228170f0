package rft.pull;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Closes a stream whose reader waits in vain: nothing came for too long, or the user wants to stop.
 * The reader then fails instead of waiting for ever.
 */
final class StallGuard implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  private final Thread thread;
  private volatile long lastNanos = System.nanoTime();

  StallGuard(Closeable stream, Duration patience, BooleanSupplier stop) {
    thread = new Thread(() -> watch(stream, patience, stop), "rft-stall-guard");
    thread.setDaemon(true);
    thread.start();
  }

  /** Hears that something came. */
  void alive() {
    lastNanos = System.nanoTime();
  }

  private void watch(Closeable stream, Duration patience, BooleanSupplier stop) {
    try {
      while (!stop.getAsBoolean() && System.nanoTime() - lastNanos < patience.toNanos()) {
        Thread.sleep(LOOK_MILLIS);
      }
      stream.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the reader is done
    } catch (IOException e) {
      lastNanos = System.nanoTime(); // a stream that cannot be closed fails its reader by itself
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
