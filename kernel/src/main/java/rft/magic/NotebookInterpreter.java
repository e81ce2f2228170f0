package rft.magic;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
import rft.reward.RewardCompiler;
import rft.template.RewardTemplates;

/** Runs the cells of one notebook: Java, magics on lines, and magics that take the whole cell. */
public final class NotebookInterpreter implements Interpreter {
  /** So many idle moments after the start nobody waits for a first cell any more. */
  private static final int FIRST_CELLS = 10;

  /** Once for the process: what a warm-up loads stays loaded. */
  private static final AtomicInteger WARM_UPS = new AtomicInteger();

  private final JavaSession java;
  private final NotebookState state;
  private final PartRunner parts;
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
    this.parts = new PartRunner(state);
    Magics.use(parts);
    this.completion = new MagicCompletion(java, workspace);
    this.inspection = new MagicInspection(java);
  }

  @Override
  public void warmUp() {
    java.warmUp();
    Views.bundle(2);
    warmUpCompiler();
  }

  /** The first reward of a notebook would else wait for the compiler to be loaded. */
  private void warmUpCompiler() {
    if (WARM_UPS.incrementAndGet() == FIRST_CELLS) {
      Thread thread =
          new Thread(
              () -> new RewardCompiler().compile("warm_up", RewardTemplates.STARTER).load(),
              "reward warm-up");
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((ended, thrown) -> {});
      thread.start();
    }
  }

  @Override
  public Optional<DisplayData> run(String code, int cell, CellOutput output) throws CellError {
    CellText text = new CellText(code);
    output.adopt();
    state.foreground().beginCell(output);
    try {
      state.declarePending();
      Optional<String> asked = NameQuestion.in(code);
      if (asked.isPresent()) {
        return Optional.of(answer(asked.get()));
      }
      Optional<Object> value =
          parts.run(text, 0, code.length(), cell, output).filter(NotebookInterpreter::isNews);
      return value.isPresent() ? Optional.of(rendered(value.get())) : Optional.empty();
    } catch (CellError e) {
      throw e;
    } catch (Throwable e) {
      throw java.failure(e);
    } finally {
      state.closeProgress();
      state.foreground().endCell();
    }
  }

  /** The stream that {@code printf} returns tells nobody anything. */
  private static boolean isNews(Object value) {
    return value != System.out && value != System.err;
  }

  private DisplayData answer(String name) throws CellError {
    return inspection
        .inspect(name, name.length(), 1)
        .orElseThrow(
            () -> {
              String sentence = "nothing is known of " + name;
              return new CellError("UnknownName", sentence, List.of("UnknownName: " + sentence));
            });
  }

  private DisplayData rendered(Object value) throws Exception {
    return value instanceof DisplayData bundle ? bundle : java.guarded(() -> Views.bundle(value));
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
    return NameQuestion.in(code).isPresent()
        ? MagicCompleteness.COMPLETE
        : new MagicCompleteness(java).of(code);
  }

  @Override
  public void close() {
    state.close();
  }
}
