package rft.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import rft.cell.CellError;
import rft.cell.Place;
import rft.display.CellOutput;

/** Runs the parts of a cell in order until one fails. */
final class PartRunner {
  private final NotebookState state;
  private final MagicRunner magics;

  PartRunner(NotebookState state) {
    this.state = state;
    this.magics = new MagicRunner(state);
  }

  /**
   * Returns the value of the last part; empty if it has none.
   *
   * @param from where in the cell to begin
   * @param to where to end
   * @param cell number of the cell
   */
  Optional<Object> run(CellText text, int from, int to, int cell, CellOutput output)
      throws CellError {
    Optional<Object> value = Optional.empty();
    List<Part> parts =
        CellLexer.parts(text.code().substring(0, to), from, state.java()::isStatementStart);
    for (Part part : parts) {
      checkInterrupt(text);
      value =
          part instanceof Part.Java statements
              ? state.java().evaluate(statements.text(), place(text, statements.start(), cell))
              : magic(text, (Part.Magic) part, cell, output);
    }
    checkInterrupt(text);
    return value;
  }

  private void checkInterrupt(CellText text) throws CellError {
    if (state.foreground().isInterrupted()) {
      throw shown(
          MagicException.withoutPlace(
              "Interrupted", "what ran has saved its work; the rest of the cell was not run"),
          text);
    }
  }

  private static Place place(CellText text, int start, int cell) {
    return new Place(cell, text.line(start), text.column(start));
  }

  private Optional<Object> magic(CellText text, Part.Magic magic, int cell, CellOutput output)
      throws CellError {
    try {
      return magics.run(
          text, magic, cell, output, (code, from, to) -> run(code, from, to, cell, output));
    } catch (MagicException e) {
      throw shown(e, text);
    }
  }

  private CellError shown(MagicException e, CellText text) {
    CellError error = e.inCell(text);
    Throwable cause = e.getCause();
    if (!state.fullTraces() || cause == null) {
      return error;
    }
    List<String> lines = new ArrayList<>(error.traceback());
    lines.add("caused by " + cause);
    Stream.of(cause.getStackTrace()).forEach(frame -> lines.add("    at " + frame));
    return new CellError(error.errorName(), error.getMessage(), lines);
  }
}
