package rft.kernel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import rft.cell.CellError;
import rft.cell.Completeness;
import rft.cell.Completions;
import rft.cell.Interpreter;
import rft.display.CellOutput;

/** Runs cells whose whole text names a piece of Java. */
final class ScriptedInterpreter implements Interpreter {
  /** What a cell does. */
  interface Body {
    void run(CellOutput output) throws Exception;
  }

  private final Map<String, Body> bodies = new ConcurrentHashMap<>();
  private volatile Thread running;
  final AtomicInteger interrupts = new AtomicInteger();
  volatile boolean closed;

  void on(String code, Body body) {
    bodies.put(code, body);
  }

  /** A cell that is a sum of digits has a value; any other text without a body has none. */
  @Override
  public Optional<DisplayData> run(String code, int cell, CellOutput output) throws CellError {
    Body body = bodies.get(code);
    if (body == null) {
      return code.matches("\\d(\\+\\d)*")
          ? Optional.of(new DisplayData(sum(code)))
          : Optional.empty();
    }
    running = Thread.currentThread();
    try {
      body.run(output);
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new CellError("Interrupted", "The cell was interrupted.", List.of("Interrupted"));
    } catch (Exception e) {
      throw new CellError(
          e.getClass().getSimpleName(), String.valueOf(e.getMessage()), List.of("at cell"));
    } finally {
      running = null;
    }
  }

  private static String sum(String code) {
    return String.valueOf(code.chars().filter(Character::isDigit).map(c -> c - '0').sum());
  }

  @Override
  public DisplayData evaluate(String expression) throws CellError {
    if (expression.matches("\\d(\\+\\d)*")) {
      return new DisplayData(sum(expression));
    }
    throw new CellError("CompileError", "no such thing: " + expression, List.of());
  }

  @Override
  public void interrupt() {
    interrupts.incrementAndGet();
    Thread thread = running;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Completes the word before the cursor by itself twice, which shows the range. */
  @Override
  public Completions complete(String code, int cursor) {
    int start = cursor;
    while (start > 0 && Character.isLetter(code.charAt(start - 1))) {
      start--;
    }
    String word = code.substring(start, cursor);
    return new Completions(
        start, cursor, List.of(new Completions.Candidate(word + word, "variable", "int")));
  }

  @Override
  public Optional<DisplayData> inspect(String code, int cursor, int detail) {
    return code.isEmpty()
        ? Optional.empty()
        : Optional.of(new DisplayData(code.substring(0, cursor) + "|" + detail));
  }

  @Override
  public Completeness completeness(String code) {
    return code.endsWith("{")
        ? new Completeness(Completeness.State.INCOMPLETE, "  ")
        : new Completeness(Completeness.State.COMPLETE, "");
  }

  @Override
  public void close() {
    closed = true;
  }
}
