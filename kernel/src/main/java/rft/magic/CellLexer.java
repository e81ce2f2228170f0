package rft.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the magics in a cell. A percent sign begins one only as the first thing on a line at which
 * a statement begins, or behind {@code name =} there; in strings, text blocks, comments and inside
 * an expression it is Java. Two percent signs take the whole cell, and only blank lines and
 * comments may stand before them.
 */
final class CellLexer {
  /** Groups: assignment with type and name, question mark, percent signs, name. */
  private static final Pattern MAGIC =
      Pattern.compile(
          "[ \\t]*(?:(?:final[ \\t]+)?((?:[A-Za-z_$][\\w.$]*(?:<[^=;(){}%\\n]*>)?(?:\\[\\])*[ \\t]+)?)"
              + "([A-Za-z_$][\\w$]*)[ \\t]*=[ \\t]*)?(\\??)(%%?)([A-Za-z_]\\w*)");

  private static final Pattern HELP = Pattern.compile("[ \\t]*\\?[ \\t\\r]*");

  private final String code;
  private final Predicate<String> completeJava;
  private final List<Part> parts = new ArrayList<>();
  private int javaStart;
  private int depth;
  private char lastCode;

  private CellLexer(String code, int from, Predicate<String> completeJava) {
    this.code = code;
    this.completeJava = completeJava;
    this.javaStart = from;
  }

  /**
   * Returns the parts of a cell in order. A cell magic that is not the first is the last.
   *
   * @param from where to begin; all before is left out
   * @param completeJava tells whether Java text is complete, so that a statement begins behind it
   */
  static List<Part> parts(String code, int from, Predicate<String> completeJava) {
    return new CellLexer(code, from, completeJava).run();
  }

  private List<Part> run() {
    int first = javaStart + JavaScanner.firstCode(code.substring(javaStart));
    Matcher whole = MAGIC.matcher(code).region(first, code.length());
    if (whole.lookingAt() && whole.group(4).equals("%%") && whole.group(2) == null) {
      return List.of(magic(whole, first));
    }
    int at = javaStart;
    boolean lineStart = true;
    while (at < code.length()) {
      if (lineStart) {
        Matcher match = MAGIC.matcher(code).region(at, code.length());
        if (match.lookingAt() && beginsStatement(match)) {
          at = add(magic(match, at));
          continue;
        }
      }
      lineStart = code.charAt(at) == '\n';
      at = step(at);
    }
    addJava(code.length());
    return parts;
  }

  private int step(int at) {
    char c = code.charAt(at);
    int next = JavaScanner.skip(code, at);
    if (!JavaScanner.isComment(code, at) && !Character.isWhitespace(c)) {
      lastCode = next > at + 1 ? '"' : c;
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      }
    }
    return next;
  }

  private boolean beginsStatement(Matcher match) {
    // "= %" and "?%" are never Java.
    boolean certain = match.group(2) != null || !match.group(3).isEmpty();
    if (depth > 0) {
      return false;
    }
    if (lastCode == 0 || certain) {
      return true;
    }
    boolean ended = lastCode == ';' || lastCode == '}';
    return ended && completeJava.test(code.substring(javaStart, match.start(4)));
  }

  private int add(Part.Magic magic) {
    addJava(magic.start());
    parts.add(magic);
    javaStart = magic.isCellMagic() ? code.length() : magic.tailStart() + magic.tail().length();
    lastCode = 0;
    depth = 0;
    return javaStart;
  }

  private void addJava(int end) {
    String text = code.substring(javaStart, end);
    if (JavaScanner.firstCode(text) < text.length()) {
      parts.add(new Part.Java(text, javaStart));
    }
  }

  private Part.Magic magic(Matcher match, int start) {
    int nameEnd = match.end(5);
    int lineEnd = lineEnd(nameEnd);
    String tail = code.substring(nameEnd, lineEnd);
    boolean cellMagic = match.group(4).equals("%%");
    boolean asks = !match.group(3).isEmpty() || HELP.matcher(tail).matches();
    int bodyStart = Math.min(lineEnd + 1, code.length());
    Part.@Nullable Target target =
        match.group(2) == null
            ? null
            : new Part.Target(match.group(1).strip(), match.group(2), match.start(2));
    return new Part.Magic(
        target,
        match.group(5),
        start,
        match.start(5),
        tail,
        nameEnd,
        cellMagic ? code.substring(bodyStart) : null,
        bodyStart,
        asks);
  }

  /** Returns the end of the line, or of the last line that a backslash joins to it. */
  private int lineEnd(int from) {
    int end = code.indexOf('\n', from);
    while (end > 0 && endsInBackslash(from, end)) {
      end = code.indexOf('\n', end + 1);
    }
    return end < 0 ? code.length() : end;
  }

  private boolean endsInBackslash(int from, int end) {
    int last = code.charAt(end - 1) == '\r' ? end - 2 : end - 1;
    return last >= from && code.charAt(last) == '\\';
  }
}
