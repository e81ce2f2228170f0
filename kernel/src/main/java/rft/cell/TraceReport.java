package rft.cell;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;
import rft.run.NumberText;

/**
 * Says what a cell threw, in which of its lines. Frames of libraries are counted, not shown, unless
 * full traces are asked for. Frames of cells are those whose file is {@code #} and the id of a
 * snippet: JShell has translated their lines.
 */
final class TraceReport {
  static final String INTERRUPTED = "Interrupted";
  private static final int MOST_FRAMES = 20;
  private static final String LIBRARY = "library";
  private static final Pattern HIDDEN = Pattern.compile("REPL\\.\\$JShell\\$\\w+[.$]");
  private static final Set<String> WRAPPERS =
      Set.of(
          InvocationTargetException.class.getName(),
          UndeclaredThrowableException.class.getName(),
          ExecutionException.class.getName());

  private final JShell shell;
  private final Map<String, Piece> pieces = new ConcurrentHashMap<>();
  private volatile boolean full;

  TraceReport(JShell shell) {
    this.shell = shell;
  }

  void setFull(boolean full) {
    this.full = full;
  }

  /** Remembers where a snippet came from. */
  void remember(String snippetId, Piece piece) {
    pieces.put(snippetId, piece);
  }

  /** Returns the error that a user reads for anything thrown by a cell. */
  CellError of(Throwable thrown) {
    Throwable own = unwrapped(thrown);
    if (own instanceof CellError error) {
      return error;
    }
    if (own instanceof UnresolvedReferenceException unresolved) {
      return unresolved(unresolved);
    }
    List<String> lines = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    String prefix = "";
    for (Throwable each = own; each != null && seen.add(each); each = cause(each)) {
      String message = message(each);
      String name = full ? plainNames(className(each)) : simpleName(each);
      lines.add(Ansi.red(prefix + (message.isEmpty() ? name : name + ": " + message)));
      lines.addAll(frames(each));
      prefix = "caused by ";
    }
    return new CellError(simpleName(own), message(own), lines);
  }

  /** Returns that a cell was stopped. */
  static CellError interrupted() {
    String message = "the cell was stopped";
    return new CellError(INTERRUPTED, message, List.of(Ansi.red(INTERRUPTED + ": " + message)));
  }

  /** Returns the text without the hidden class that JShell puts each snippet into. */
  static String plainNames(String text) {
    return HIDDEN.matcher(text).replaceAll("");
  }

  private CellError unresolved(UnresolvedReferenceException thrown) {
    String name = "UnresolvedReference";
    String missing =
        shell.unresolvedDependencies(thrown.getSnippet()).collect(Collectors.joining(", "));
    String what = thrown.getSnippet().name();
    String message = what + " cannot be used yet: it needs " + missing + ", which is not defined";
    List<String> lines = new ArrayList<>();
    lines.add(Ansi.red(name + ": " + message));
    lines.addAll(frames(thrown));
    return new CellError(name, message, lines);
  }

  /** Returns the cause inside exceptions that only carry another one. */
  static Throwable unwrapped(Throwable thrown) {
    Throwable own = thrown;
    Throwable cause = cause(own);
    while (WRAPPERS.contains(className(own)) && cause != null) {
      own = cause;
      cause = cause(own);
    }
    return own;
  }

  /** Returns whether the trace holds frames of cells that JShell has not translated. */
  static boolean hasRawFrames(Throwable thrown) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith("REPL.")) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Throwable cause(Throwable thrown) {
    return thrown.getCause();
  }

  private static String className(Throwable thrown) {
    return thrown instanceof EvalException of
        ? of.getExceptionClassName()
        : thrown.getClass().getName();
  }

  private static String simpleName(Throwable thrown) {
    String name = className(thrown);
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  private static String message(Throwable thrown) {
    String message;
    try {
      message = thrown.getMessage();
    } catch (RuntimeException | StackOverflowError e) {
      message = "(its message cannot be read: " + e.getClass().getSimpleName() + ")";
    }
    return message == null ? "" : plainNames(message);
  }

  private List<String> frames(Throwable thrown) {
    List<String> lines = new ArrayList<>();
    String last = "";
    int times = 0;
    for (StackTraceElement frame : thrown.getStackTrace()) {
      String line = line(frame);
      if (line.equals(last)) {
        times++;
        continue;
      }
      addTimes(lines, last, times);
      last = line;
      times = 1;
    }
    addTimes(lines, last, times);
    if (lines.size() > MOST_FRAMES && !full) {
      int more = lines.size() - MOST_FRAMES;
      lines.subList(MOST_FRAMES, lines.size()).clear();
      lines.add("  .. and " + NumberText.counted(more, "line") + " more");
    }
    return lines;
  }

  private static void addTimes(List<String> lines, String line, int times) {
    if (line.equals(LIBRARY)) {
      lines.add("  .. " + NumberText.counted(times, "library frame"));
    } else if (times > 0) {
      lines.add(times == 1 ? line : line + "  (" + times + " times)");
    }
  }

  private String line(StackTraceElement frame) {
    String file = frame.getFileName();
    if (file == null || !file.startsWith("#")) {
      return full ? "  at " + plainNames(frame.toString()) : LIBRARY;
    }
    Piece piece = pieces.get(file.substring(1));
    if (piece == null) {
      return "  in a cell" + method(frame);
    }
    int line = piece.line(frame.getLineNumber() - 1);
    return "  "
        + Ansi.bold(piece.text().name(line))
        + method(frame)
        + ": "
        + piece.text().shown(line);
  }

  private static String method(StackTraceElement frame) {
    String method = frame.getMethodName();
    if (method.isEmpty() || method.startsWith("lambda$") || method.startsWith("do_it$")) {
      return "";
    }
    String type = frame.getClassName();
    return ", in " + (type.isEmpty() ? method : plainNames(type) + "." + method);
  }
}
