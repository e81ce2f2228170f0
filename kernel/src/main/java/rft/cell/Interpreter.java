package rft.cell;

import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import rft.display.CellOutput;

/**
 * What the kernel runs cells with: Java and magics. {@link #run} and {@link #evaluate} are called
 * one at a time on the kernel's execution thread; everything else at any time from any thread.
 * Positions are UTF-16 units.
 */
public interface Interpreter extends AutoCloseable {
  /**
   * Runs a cell. The calling thread and every thread the cell starts have {@code output} as {@link
   * CellOutput#current}; standard streams are set up by the caller.
   *
   * @param code the whole cell
   * @param cell number of the cell, for messages
   * @return what to show as the cell's result; empty if there is nothing to show
   * @throws CellError if it failed or was interrupted
   */
  Optional<DisplayData> run(String code, int cell, CellOutput output) throws CellError;

  /** Returns the rendered value of an expression, for {@code user_expressions}. */
  DisplayData evaluate(String expression) throws CellError;

  /** Stops the running cell; returns at once. A second call within 3 s stops hard. */
  void interrupt();

  /**
   * Does, without a trace, what a small cell does, so that those of the user are quick. Called on
   * the execution thread now and then while there is nothing else to do.
   */
  default void warmUp() {}

  Completions complete(String code, int cursor);

  /**
   * Returns documentation for what stands at the cursor, as plain text and HTML.
   *
   * @param detail 0 for the signature, 1 for everything
   */
  Optional<DisplayData> inspect(String code, int cursor, int detail);

  Completeness completeness(String code);

  @Override
  void close();
}
