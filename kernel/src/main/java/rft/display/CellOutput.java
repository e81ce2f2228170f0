package rft.display;

import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * Where a cell shows things. Belongs to one cell for ever: what a background thread that the cell
 * started shows later still goes to that cell. Safe for use by several threads.
 */
public interface CellOutput {
  /** Shows a bundle; one with a display id can be updated later. */
  void display(DisplayData bundle);

  /** Replaces every shown bundle that has this bundle's display id. */
  void update(DisplayData bundle);

  /** Removes what the cell has shown so far; with {@code wait} only when something new is shown. */
  void clear(boolean wait);

  /** Returns the output of the cell that runs on this thread, or that started it. */
  static Optional<CellOutput> current() {
    return Optional.ofNullable(CurrentOutput.OF_THREAD.get());
  }

  /** Makes this the output of the calling thread and of the threads it starts from now on. */
  default void adopt() {
    CurrentOutput.OF_THREAD.set(this);
  }

  /** Leaves the calling thread without an output. */
  static void release() {
    CurrentOutput.OF_THREAD.remove();
  }
}
