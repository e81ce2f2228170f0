package rft.kernel;

import rft.display.CellOutput;

/** Asks the user of the notebook, as {@code System.console()} does in a terminal. */
public final class Ask {
  private Ask() {}

  /**
   * Returns the line that the user enters.
   *
   * @throws IllegalStateException if nobody can be asked: say no front-end with a user runs the
   *     cell
   * @throws java.util.concurrent.CancellationException if the cell is interrupted meanwhile
   */
  public static String line(String prompt) {
    return cell().ask(prompt, false);
  }

  /** Returns what the user enters without showing it; otherwise like {@link #line}. */
  public static String password(String prompt) {
    return cell().ask(prompt, true);
  }

  private static Cell cell() {
    if (CellOutput.current().orElse(null) instanceof Cell cell) {
      return cell;
    }
    throw new IllegalStateException("this thread belongs to no cell, so there is nobody to ask");
  }
}
