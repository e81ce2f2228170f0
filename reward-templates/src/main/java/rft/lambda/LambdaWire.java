package rft.lambda;

/** Something that answers events of the contract: a service, a process, a Python function. */
@FunctionalInterface
public interface LambdaWire extends AutoCloseable {
  /**
   * Returns the reply to an event, as JSON text, unread.
   *
   * @throws LambdaException if there is none, after all retries
   * @throws InterruptedException if the caller is interrupted while it waits
   */
  String send(String event) throws LambdaException, InterruptedException;

  /** Lets go of what it holds; nothing by itself. */
  @Override
  default void close() {}
}
