package rft.cell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import rft.cell.Completions.Candidate;

/** Answers what an editor asks about a text, without running it. */
final class Editor {
  private static final int MOST_CANDIDATES = 500;
  private static final int MOST_SIGNED = 25;
  private static final long SIGNATURE_NANOS = 80_000_000;
  private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]+");

  private final SourceCodeAnalysis analysis;
  private final Reader reader;

  Editor(SourceCodeAnalysis analysis, Reader reader) {
    this.analysis = analysis;
    this.reader = reader;
  }

  /** Returns what fits at the cursor; offsets are those of the code. */
  Completions complete(String code, int cursor) {
    String before = code.substring(0, cursor);
    int start = reader.lastStatement(before);
    String locals = locals(before.substring(0, start));
    Completions found = suggest(locals, before.substring(start), start);
    if (found.candidates().isEmpty() && !locals.isEmpty()) {
      found = suggest("", before.substring(start), start);
    }
    return withLocals(before, found);
  }

  private static Completions withLocals(String before, Completions found) {
    int start = before.length();
    while (start > 0 && Character.isJavaIdentifierPart(before.charAt(start - 1))) {
      start--;
    }
    boolean ofMember =
        start > 0 && (before.charAt(start - 1) == '.' || before.charAt(start - 1) == ':');
    List<String> names =
        start == before.length() || ofMember
            ? List.of()
            : LocalNames.startingWith(before.substring(start), before.substring(0, start));
    if (names.isEmpty()) {
      return found;
    }
    List<Candidate> all = new ArrayList<>();
    names.forEach(name -> all.add(new Candidate(name, "variable", "")));
    found.candidates().stream().filter(each -> !names.contains(each.text())).forEach(all::add);
    return new Completions(start, before.length(), all);
  }

  /**
   * Declarations of variables that the cell makes before the cursor, when they are all it makes.
   */
  private String locals(String before) {
    StringBuilder locals = new StringBuilder();
    String rest = before;
    while (!rest.isBlank()) {
      var info = analysis.analyzeCompletion(rest);
      if (!info.completeness().isComplete() || info.remaining().length() >= rest.length()) {
        return "";
      }
      List<Snippet> snippets = analysis.sourceToSnippets(info.source());
      if (!snippets.isEmpty() && snippets.get(0).kind() == Snippet.Kind.VAR) {
        locals.append(info.source()).append('\n');
      }
      rest = info.remaining();
    }
    return locals.toString();
  }

  private Completions suggest(String prefix, String tail, int start) {
    int[] anchor = {-1};
    String text = prefix + tail;
    List<Suggestion> suggestions = analysis.completionSuggestions(text, text.length(), anchor);
    if (anchor[0] < prefix.length() || suggestions.isEmpty()) {
      return Completions.none(start + tail.length());
    }
    Map<String, Boolean> fitting = new LinkedHashMap<>();
    boolean asksForHidden = text.startsWith("$", anchor[0]);
    for (Suggestion each : suggestions) {
      // Variables and classes that nobody declared.
      if (asksForHidden || !each.continuation().startsWith("$")) {
        fitting.merge(each.continuation(), each.matchesType(), Boolean::logicalOr);
      }
    }
    List<String> names = new ArrayList<>(fitting.keySet());
    names.sort((one, other) -> Boolean.compare(rank(fitting, one), rank(fitting, other)));
    List<Candidate> candidates = new ArrayList<>();
    String stem = text.substring(0, anchor[0]);
    long deadline = System.nanoTime() + SIGNATURE_NANOS;
    for (String name : names.subList(0, Math.min(MOST_CANDIDATES, names.size()))) {
      boolean asks =
          name.contains("(") && candidates.size() < MOST_SIGNED && System.nanoTime() < deadline;
      candidates.add(new Candidate(name, type(name), asks ? signature(stem + name) : ""));
    }
    return new Completions(start + anchor[0] - prefix.length(), start + tail.length(), candidates);
  }

  private static boolean rank(Map<String, Boolean> fitting, String name) {
    return !fitting.getOrDefault(name, false);
  }

  private String signature(String call) {
    String open = call.endsWith(")") ? call.substring(0, call.length() - 1) : call;
    var known = analysis.documentation(open, open.length(), false);
    if (known.isEmpty()) {
      return "";
    }
    String first = known.get(0).signature();
    return known.size() == 1 ? first : first + "  (and " + (known.size() - 1) + " more)";
  }

  private static String type(String name) {
    if (name.contains("(")) {
      return "method";
    }
    if (SourceVersion.isKeyword(name.strip())) {
      return "keyword";
    }
    if (Character.isUpperCase(name.charAt(0)) && !CONSTANT.matcher(name).matches()) {
      return "class";
    }
    return name.endsWith(".") ? "module" : "variable";
  }

  /** Returns what is known about the name at the cursor, or the method whose arguments it is in. */
  Optional<Documentation> document(String code, int cursor) {
    int end = endOfName(code, cursor);
    String before = code.substring(0, end);
    int start = reader.lastStatement(before);
    String locals = locals(before.substring(0, start));
    String text = locals + before.substring(start);
    List<Documentation.Entry> entries = entries(text);
    if (entries.isEmpty() && end > 0 && Character.isJavaIdentifierPart(code.charAt(end - 1))) {
      // A method is known only as a call.
      entries = entries(text + "(");
    }
    return entries.isEmpty() ? Optional.empty() : Optional.of(new Documentation(entries));
  }

  private List<Documentation.Entry> entries(String text) {
    return analysis.documentation(text, text.length(), true).stream()
        .map(
            each ->
                new Documentation.Entry(
                    TraceReport.plainNames(each.signature()), Javadoc.plain(each.javadoc())))
        .distinct()
        .toList();
  }

  /** Behind the name, and behind the parenthesis that makes it a call. */
  private static int endOfName(String code, int cursor) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    int next = end;
    while (next < code.length() && Character.isWhitespace(code.charAt(next))) {
      next++;
    }
    boolean ofName = end > 0 && Character.isJavaIdentifierPart(code.charAt(end - 1));
    return ofName && next < code.length() && code.charAt(next) == '(' ? next + 1 : end;
  }
}
