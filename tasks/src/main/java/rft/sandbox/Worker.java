package rft.sandbox;

import java.io.IOException;
import java.time.Duration;

/** A sandboxed process that answers line by line. */
public interface Worker extends AutoCloseable {
  /**
   * Sends a line and returns the line that answers it.
   *
   * @param time how long the answer may take
   * @throws WorkerException if it died, did not answer within its limit, or said too much; it is
   *     gone then: start a new one
   * @throws InterruptedException if the caller is interrupted; it is gone then, too
   */
  String ask(String line, Duration time) throws IOException, InterruptedException;

  /** Kills it with all processes it started. */
  @Override
  void close();
}
