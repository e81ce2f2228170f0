package rft.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ExecutionControlException;
import org.jspecify.annotations.Nullable;

/** Runs a Java text piece by piece. */
final class Evaluator {
  private static final Set<SubKind> WITH_VALUE =
      Set.of(
          SubKind.VAR_VALUE_SUBKIND,
          SubKind.OTHER_EXPRESSION_SUBKIND,
          SubKind.TEMP_VAR_EXPRESSION_SUBKIND);

  private final JShell shell;
  private final StoppableControl control;
  private final TraceReport traces;
  private final CompileReport faults;
  private final QuickExpressions quick;
  private final Function<Throwable, CellError> failure;
  private final Runnable renewCompiler;

  /**
   * @param failure what the user reads when this is thrown by code of a cell
   * @param renewCompiler makes JShell compile with a fresh compiler from now on
   */
  Evaluator(
      JShell shell,
      StoppableControl control,
      TraceReport traces,
      QuickExpressions quick,
      Function<Throwable, CellError> failure,
      Runnable renewCompiler) {
    this.shell = shell;
    this.control = control;
    this.traces = traces;
    this.faults = new CompileReport(shell);
    this.quick = quick;
    this.failure = failure;
    this.renewCompiler = renewCompiler;
  }

  /** Returns the value of the text's last expression; null if it does not end in one. */
  @Nullable Object run(String source, Place place) throws CellError {
    CellText text = new CellText(source, place);
    int start = Reader.blankStart(source);
    AtomicReference<@Nullable Object> only = new AtomicReference<>();
    if (runExpression(source.substring(start), new Piece(text, start), only)) {
      return only.get();
    }
    LostVariables lost = new LostVariables(shell);
    try {
      return runPieces(text, source, lost);
    } finally {
      if (!control.isStopped()) {
        lost.sentences().forEach(System.err::println);
      }
    }
  }

  private @Nullable Object runPieces(CellText text, String source, LostVariables lost)
      throws CellError {
    List<Located> open = new ArrayList<>();
    Object value = null;
    String rest = source;
    while (true) {
      if (control.isStopped()) {
        throw TraceReport.interrupted();
      }
      CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      if (info.completeness() == Completeness.EMPTY) {
        break;
      }
      // JShell counts the lines of a frame from the first word of a snippet.
      int blank = Reader.blankStart(rest);
      Piece piece = new Piece(text, source.length() - rest.length() + blank);
      if (!info.completeness().isComplete()) {
        runPiece(rest.substring(blank), piece, open, lost);
        throw CompileReport.incomplete(piece);
      }
      value = runPiece(info.source().substring(blank), piece, open, lost);
      rest = remainder(rest, info.remaining());
    }
    checkResolved(open);
    return value;
  }

  /** A naive loop would never end where the analysis gives back what it was given. */
  private static String remainder(String text, String remaining) {
    return remaining.length() < text.length() && text.endsWith(remaining) ? remaining : "";
  }

  private @Nullable Object runPiece(
      String source, Piece piece, List<Located> open, LostVariables lost) throws CellError {
    List<SnippetEvent> events = eval(source, piece);
    Object value = outcome();
    for (SnippetEvent event : events) {
      check(event, source, piece);
      if (lost.note(event, name(events.get(0).snippet()))) {
        continue;
      }
      if (event.status() == Status.RECOVERABLE_DEFINED
          || event.status() == Status.RECOVERABLE_NOT_DEFINED) {
        open.add(new Located(event.snippet(), piece, event.causeSnippet() == null));
      }
    }
    events.forEach(this::forget);
    boolean shown =
        !events.isEmpty() && WITH_VALUE.contains(events.get(events.size() - 1).snippet().subKind());
    return shown ? value : null;
  }

  /** Returns whether a text was one expression and has run; its value is kept. */
  private boolean runExpression(String source, Piece piece, AtomicReference<@Nullable Object> kept)
      throws CellError {
    Optional<String> statement = Expression.statementOf(source);
    if (statement.isEmpty()) {
      return false;
    }
    Optional<QuickExpressions.Compiled> compiled = quick.compile(source);
    if (compiled.isPresent()) {
      kept.set(runCompiled(source, compiled.get(), piece));
      return true;
    }
    List<SnippetEvent> events = eval(statement.get(), piece);
    Object value = outcome();
    if (events.stream().anyMatch(this::isTooLarge)) {
      renewCompiler.run();
      return false;
    }
    if (events.stream().anyMatch(event -> event.status() == Status.REJECTED)) {
      return false;
    }
    for (SnippetEvent event : events) {
      check(event, source, piece);
    }
    kept.set(value);
    quick.prepare();
    return true;
  }

  /** Runs an expression that JShell knows nothing of. */
  private @Nullable Object runCompiled(
      String source, QuickExpressions.Compiled expression, Piece piece) throws CellError {
    Exchange.ofThread().takeValue();
    Exchange.ofThread().takeThrown();
    traces.remember(expression.file().substring(1), piece);
    Exception problem = null;
    try {
      if (!expression.classes().isEmpty()) {
        control.load(expression.classes().toArray(ClassBytecodes[]::new));
        quick.keep(source, expression);
      }
      control.invoke(expression.type(), "do_it$");
    } catch (ExecutionControlException e) {
      problem = e;
    }
    Throwable thrown = Exchange.ofThread().takeThrown();
    Object value = outcome();
    if (thrown != null) {
      throw failure.apply(thrown);
    }
    if (problem != null) {
      throw failure.apply(problem);
    }
    return value;
  }

  private List<SnippetEvent> eval(String source, Piece piece) {
    Exchange.ofThread().takeValue();
    Exchange.ofThread().takeThrown();
    List<SnippetEvent> events = shell.eval(source);
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        traces.remember(event.snippet().id(), piece);
      }
    }
    return events;
  }

  /** Returns what the snippet returned. */
  private @Nullable Object outcome() throws CellError {
    Object value = Exchange.ofThread().takeValue();
    if (control.isStopped()) {
      throw TraceReport.interrupted();
    }
    Throwable thrown = Exchange.ofThread().takeThrown();
    if (thrown != null && TraceReport.unwrapped(thrown) instanceof CellError error) {
      throw error;
    }
    return value;
  }

  /**
   * Drops the variable that JShell makes of every expression: each would be compiled into all later
   * cells, which become slower and slower.
   */
  private void forget(SnippetEvent event) {
    if (event.snippet().subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
        && event.status().isActive()) {
      shell.drop(event.snippet());
    }
  }

  private void check(SnippetEvent event, String source, Piece piece) throws CellError {
    if (event.causeSnippet() != null) {
      return;
    }
    JShellException thrown = event.exception();
    if (thrown != null) {
      throw traces.of(thrown);
    }
    if (event.status() == Status.REJECTED) {
      throw faults.of(event.snippet(), source, piece);
    }
    if (isTooLarge(event)) {
      CellError error = faults.of(event.snippet(), source, piece);
      renewCompiler.run();
      if (event.snippet() instanceof PersistentSnippet declared) {
        shell.drop(declared);
      }
      throw error;
    }
  }

  /**
   * Returns whether a snippet is right but larger than a class file allows. JShell calls it
   * incomplete, and its compiler keeps what did not fit: it would fail at everything that follows.
   */
  private boolean isTooLarge(SnippetEvent event) {
    Snippet snippet = event.snippet();
    boolean notMade =
        event.status() == Status.RECOVERABLE_DEFINED
            || event.status() == Status.RECOVERABLE_NOT_DEFINED;
    return notMade
        && event.causeSnippet() == null
        && !(snippet instanceof DeclarationSnippet declaration
            && shell.unresolvedDependencies(declaration).findAny().isPresent())
        && shell.diagnostics(snippet).anyMatch(Diag::isError);
  }

  /** What was declared before what it needs may have found it by the end of the cell. */
  private void checkResolved(List<Located> open) throws CellError {
    for (Located each : open) {
      Status status = shell.status(each.snippet);
      String message = name(each.snippet) + " needs " + missing(each.snippet);
      if (status == Status.RECOVERABLE_NOT_DEFINED && each.own) {
        throw faults.missing(
            message + ", which is not defined", missing(each.snippet), each.snippet, each.piece);
      }
      if (status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED) {
        System.err.println(message + ": it cannot be used until that is defined");
      }
    }
  }

  private String missing(Snippet snippet) {
    return snippet instanceof DeclarationSnippet declaration
        ? shell.unresolvedDependencies(declaration).collect(Collectors.joining(", "))
        : "something";
  }

  private static String name(Snippet snippet) {
    return snippet instanceof PersistentSnippet named ? named.name() : snippet.source();
  }

  private record Located(Snippet snippet, Piece piece, boolean own) {}
}
