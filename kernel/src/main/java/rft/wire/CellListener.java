package rft.wire;

import java.util.Optional;

/** What a client is told while its request is answered; on the thread that waits for the answer. */
@FunctionalInterface
public interface CellListener {
  /** Ignores everything, and answers no question. */
  CellListener NONE = message -> {};

  /** Takes the next message of IOPub that belongs to the request, busy and idle included. */
  void published(WireMessage message);

  /**
   * Returns what the user answers to a cell's question; empty for no answer, on which the cell
   * waits.
   *
   * @param prompt what is asked, may be empty
   * @param password whether the answer is secret
   */
  default Optional<String> input(String prompt, boolean password) {
    return Optional.empty();
  }
}
