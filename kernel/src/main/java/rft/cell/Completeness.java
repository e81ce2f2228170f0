package rft.cell;

/**
 * Whether a cell can be run as it stands.
 *
 * @param state what a console should do on Enter
 * @param indent white space to begin the next line with; empty unless incomplete
 */
public record Completeness(State state, String indent) {
  /** The states of the protocol. */
  public enum State {
    COMPLETE,
    INCOMPLETE,
    INVALID,
    UNKNOWN
  }
}
