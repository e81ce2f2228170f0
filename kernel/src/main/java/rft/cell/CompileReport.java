package rft.cell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.QualifiedNames;

/** Says where a cell does not compile, and why. */
final class CompileReport {
  static final String NAME = "CompileError";
  private static final int MOST_ERRORS = 10;
  private static final int MOST_HINTS = 3;
  private static final Pattern SYMBOL = Pattern.compile("^\\s*symbol:\\s*(.*\\S)\\s*$");
  private static final Pattern NOWHERE = Pattern.compile("^\\s*location:\\s*class\\s*$");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final JShell shell;

  CompileReport(JShell shell) {
    this.shell = shell;
  }

  /** Returns the error of a rejected snippet. */
  CellError of(Snippet snippet, String source, Piece piece) {
    List<Diag> errors =
        shell.diagnostics(snippet).filter(Diag::isError).limit(MOST_ERRORS).toList();
    List<String> lines = new ArrayList<>();
    for (Diag error : errors) {
      List<String> message = message(error);
      lines.add(Ansi.red(NAME + ": " + message.get(0)));
      lines.addAll(message.subList(1, message.size()));
      lines.addAll(excerpt(piece, (int) error.getPosition(), (int) error.getEndPosition()));
      hint(source, error).ifPresent(lines::add);
    }
    String first = errors.isEmpty() ? "the cell is no Java" : message(errors.get(0)).get(0);
    if (errors.isEmpty()) {
      lines.add(Ansi.red(NAME + ": " + first));
    }
    return new CellError(NAME, first, lines);
  }

  /** Returns the error for a text that ends too early although the compiler finds no fault. */
  static CellError incomplete(Piece piece) {
    return error("the cell ends in the middle of a statement", excerpt(piece, 0, 0));
  }

  /**
   * Returns the error for a declaration that lacks something.
   *
   * @param missing as JShell writes it, for example {@code class Nope}
   */
  CellError missing(String message, String missing, Snippet snippet, Piece piece) {
    String name = missing.replaceAll("\\(.*|.*\\s|,.*", "");
    var use = Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(snippet.source());
    if (name.isEmpty() || !use.find()) {
      return error(message, excerpt(piece, 0, 0));
    }
    List<String> lines = new ArrayList<>(excerpt(piece, use.start(), use.end()));
    imports(snippet.source(), use.end()).ifPresent(lines::add);
    return error(message, lines);
  }

  private static CellError error(String message, List<String> details) {
    List<String> lines = new ArrayList<>();
    lines.add(Ansi.red(NAME + ": " + message));
    lines.addAll(details);
    return new CellError(NAME, message, lines);
  }

  private static List<String> excerpt(Piece piece, int from, int to) {
    int start = piece.start() + from;
    List<String> pointer = piece.text().pointer(start, piece.start() + to);
    return List.of(
        Ansi.bold(piece.text().name(piece.text().lineOf(start))),
        "  " + pointer.get(0),
        "  " + Ansi.red(pointer.get(1)));
  }

  /** The compiler's words in one line where they fit, without the names of hidden classes. */
  private static List<String> message(Diag error) {
    List<String> lines = new ArrayList<>();
    for (String line : TraceReport.plainNames(error.getMessage(Locale.ENGLISH)).split("\\R")) {
      var symbol = SYMBOL.matcher(line);
      if (symbol.matches() && lines.size() == 1) {
        lines.set(0, lines.get(0) + ": " + SPACES.matcher(symbol.group(1)).replaceAll(" "));
      } else if (!NOWHERE.matcher(line).matches() && !line.isBlank()) {
        lines.add(line);
      }
    }
    return lines.isEmpty() ? List.of(error.getCode()) : lines;
  }

  private Optional<String> hint(String source, Diag error) {
    if (error.getCode().startsWith("compiler.err.cant.resolve")) {
      return imports(source, (int) error.getEndPosition());
    }
    // "package TimeUnit does not exist": the error stands at the dot behind the name.
    return error.getCode().equals("compiler.err.doesnt.exist")
        ? imports(source, (int) error.getPosition())
        : Optional.empty();
  }

  private Optional<String> imports(String source, int end) {
    String before = source.substring(0, Math.max(0, Math.min(end, source.length())));
    QualifiedNames names = shell.sourceCodeAnalysis().listQualifiedNames(before, before.length());
    if (names.isResolvable() || names.getNames().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        names.getNames().stream()
            .sorted(Comparator.comparing(name -> !name.startsWith("java.")))
            .limit(MOST_HINTS)
            .map(name -> "import " + name + ";")
            .collect(Collectors.joining(" or ", "Perhaps it needs ", "")));
  }
}
