package rft.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import rft.cell.CellError;
import rft.cell.JavaSession;
import rft.command.Workspace;
import rft.display.CellOutput;

/** A notebook without a front-end, whose user has a home of its own. */
final class TestNotebook implements AutoCloseable {
  private final String oldHome = System.getProperty("user.home");
  private final String oldRepository = System.getProperty("maven.repo.local");
  final NotebookInterpreter interpreter;
  final JavaSession java;
  private final List<DisplayData> shown = new ArrayList<>();
  private int cell;

  TestNotebook(Path home) {
    if (oldRepository == null) {
      System.setProperty("maven.repo.local", Path.of(oldHome, ".m2", "repository").toString());
    }
    System.setProperty("user.home", home.toString());
    System.setProperty("rft.home", home.resolve(".rft").toString());
    Workspace.current().clear();
    java = new JavaSession(StartupImports.options());
    interpreter = new NotebookInterpreter(java, Workspace.current());
  }

  /** Returns the result of a cell as text; empty if it has none. */
  String run(String... lines) throws CellError {
    return text(bundle(lines));
  }

  DisplayData bundle(String... lines) throws CellError {
    CellOutput output = new Output();
    return interpreter
        .run(String.join("\n", lines), ++cell, output)
        .orElseGet(() -> new DisplayData(""));
  }

  /** Returns the error of a cell that must fail. */
  CellError fail(String... lines) {
    try {
      throw new AssertionError("the cell gave " + run(lines));
    } catch (CellError e) {
      return e;
    }
  }

  /** Returns what the user reads of an error, without colours. */
  static String plain(CellError error) {
    return error.traceback().stream()
        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
        .collect(Collectors.joining("\n"));
  }

  /** Returns all that cells displayed beside their results, as text. */
  synchronized String shown() {
    return shown.stream().map(TestNotebook::text).collect(Collectors.joining("\n"));
  }

  static String text(DisplayData bundle) {
    return String.valueOf(bundle.getData(MIMEType.TEXT_PLAIN));
  }

  static String html(DisplayData bundle) {
    return String.valueOf(bundle.getData(MIMEType.TEXT_HTML));
  }

  private final class Output implements CellOutput {
    @Override
    public void display(DisplayData bundle) {
      synchronized (TestNotebook.this) {
        shown.add(bundle);
      }
    }

    @Override
    public void update(DisplayData bundle) {
      display(bundle);
    }

    @Override
    public void clear(boolean wait) {}
  }

  @Override
  public void close() {
    interpreter.close();
    CellOutput.release();
    System.setProperty("user.home", oldHome);
    System.clearProperty("rft.home");
    if (oldRepository == null) {
      System.clearProperty("maven.repo.local");
    }
  }
}
