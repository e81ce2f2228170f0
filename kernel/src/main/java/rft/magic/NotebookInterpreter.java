package rft.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import rft.cell.CellError;
import rft.cell.Completeness;
import rft.cell.Completions;
import rft.cell.Interpreter;
import rft.cell.JavaSession;
import rft.cell.Place;
import rft.command.Workspace;
import rft.display.CellOutput;
import rft.display.Views;

/** Runs the cells of one notebook: Java, magics on lines, and magics that take the whole cell. */
public final class NotebookInterpreter implements Interpreter {
  private final JavaSession java;
  private final NotebookState state;
  private final MagicRunner magics;
  private final MagicCompletion completion;
  private final MagicInspection inspection;

  /** Starts a session with the imports of every cell, and the named objects of this process. */
  public NotebookInterpreter() {
    this(new JavaSession(StartupImports.options()), Workspace.current());
  }

  /** Uses a session that is closed with this. */
  public NotebookInterpreter(JavaSession java, Workspace workspace) {
    this.java = java;
    this.state = new NotebookState(java, workspace);
    this.magics = new MagicRunner(state);
    this.completion = new MagicCompletion(java, workspace);
    this.inspection = new MagicInspection(java);
  }

  /** Does once what the first cell needs, so that it is quick; leaves nothing behind. */
  public void warmUp() {
    java.warmUp();
    Views.bundle(2);
  }

  @Override
  public Optional<DisplayData> run(String code, int cell, CellOutput output) throws CellError {
    CellText text = new CellText(code);
    output.adopt();
    state.foreground().beginCell(output);
    try {
      state.declarePending();
      Optional<Object> value = run(text, 0, code.length(), cell, output);
      return value.isPresent() ? Optional.of(rendered(value.get())) : Optional.empty();
    } catch (MagicException e) {
      throw shown(e, text);
    } catch (CellError e) {
      throw e;
    } catch (Throwable e) {
      throw java.failure(e);
    } finally {
      state.foreground().endCell();
    }
  }

  /** Returns the value of the last part; the parts run in order until one fails. */
  private Optional<Object> run(CellText text, int from, int to, int cell, CellOutput output)
      throws CellError {
    Optional<Object> value = Optional.empty();
    List<Part> parts =
        CellLexer.parts(text.code().substring(0, to), from, java::isStatementStart);
    for (Part part : parts) {
      if (state.foreground().isInterrupted()) {
        throw shown(
            MagicException.withoutPlace("Interrupted", "the rest of the cell was not run"), text);
      }
      value =
          part instanceof Part.Java statements
              ? java.evaluate(statements.text(), place(text, statements.start(), cell))
              : magic(text, (Part.Magic) part, cell, output);
    }
    return value;
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

  private DisplayData rendered(Object value) throws Exception {
    return value instanceof DisplayData bundle ? bundle : java.guarded(() -> Views.bundle(value));
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

  @Override
  public DisplayData evaluate(String expression) throws CellError {
    Object value = java.evaluate(expression, Place.startOf(0)).orElse("null");
    try {
      return rendered(value);
    } catch (Exception e) {
      throw java.failure(e);
    }
  }

  @Override
  public void interrupt() {
    state.foreground().interrupt();
  }

  @Override
  public Completions complete(String code, int cursor) {
    try {
      return completion.complete(code, cursor);
    } catch (RuntimeException e) {
      return Completions.none(cursor);
    }
  }

  @Override
  public Optional<DisplayData> inspect(String code, int cursor, int detail) {
    try {
      return inspection.inspect(code, cursor, detail);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public Completeness completeness(String code) {
    return new MagicCompleteness(java).of(code);
  }

  @Override
  public void close() {
    state.close();
  }
}
