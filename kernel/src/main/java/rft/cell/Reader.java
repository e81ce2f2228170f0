package rft.cell;

import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import rft.cell.Completeness.State;

/** Finds where statements end, without running anything. */
final class Reader {
  private static final String INDENT = "    ";
  private static final Pattern TEXT =
      Pattern.compile(
          // Possessive, because each turn of another loop over a group takes a piece of the stack.
          "//[^\\n]*|/\\*.*?(\\*/|$)|\"\"\".*?(\"\"\"|$)|\"(\\\\.|[^\"\\\\\\n])*+\"?|'(\\\\.|[^'\\\\\\n])*+'?",
          Pattern.DOTALL);

  private final SourceCodeAnalysis analysis;

  Reader(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
  }

  /** Returns whether a text can be run as it stands. */
  Completeness completeness(String code) {
    String rest = code;
    while (true) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case EMPTY, COMPLETE_WITH_SEMI -> {
          return new Completeness(State.COMPLETE, "");
        }
        case UNKNOWN -> {
          return new Completeness(State.INVALID, "");
        }
        case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> {
          return new Completeness(State.INCOMPLETE, indent(code));
        }
        default -> {
          if (info.remaining().length() >= rest.length()) {
            return new Completeness(State.COMPLETE, "");
          }
          rest = info.remaining();
        }
      }
    }
  }

  /** Returns whether a new statement begins behind this text. */
  boolean isStatementStart(String before) {
    String rest = before;
    while (true) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case EMPTY -> {
          return true;
        }
        case COMPLETE -> {
          String statement = withoutText(info.source()).strip();
          if (!statement.endsWith(";") && !statement.endsWith("}")) {
            return false;
          }
          if (info.remaining().length() >= rest.length()) {
            return false;
          }
          rest = info.remaining();
        }
        default -> {
          return false;
        }
      }
    }
  }

  /** Returns the offset of the statement that the text ends in. */
  int lastStatement(String code) {
    String rest = code;
    while (true) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      String remaining = info.remaining();
      if (!info.completeness().isComplete()
          || remaining.isBlank()
          || remaining.length() >= rest.length()) {
        return code.length() - rest.length();
      }
      rest = remaining;
    }
  }

  /** Returns a code without its comments, and with nothing in its literals. */
  static String withoutText(String code) {
    return TEXT.matcher(code).replaceAll(found -> found.group().startsWith("/") ? " " : "\"\"");
  }

  /** Returns the length of the white space and comments that a text begins with. */
  static int blankStart(String code) {
    int at = 0;
    while (at < code.length()) {
      if (Character.isWhitespace(code.charAt(at))) {
        at++;
      } else if (code.startsWith("//", at)) {
        int end = code.indexOf('\n', at);
        at = end < 0 ? code.length() : end;
      } else if (code.startsWith("/*", at)) {
        int end = code.indexOf("*/", at + 2);
        at = end < 0 ? code.length() : end + 2;
      } else {
        break;
      }
    }
    return at;
  }

  /** As the last line that has text, and one step more for what it opens. */
  private static String indent(String code) {
    String last =
        code.lines().filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
    String own = last.substring(0, last.length() - last.stripLeading().length());
    int open = 0;
    for (char each : withoutText(last).toCharArray()) {
      switch (each) {
        case '{', '(', '[' -> open++;
        case '}', ')', ']' -> open = Math.max(0, open - 1);
        default -> {}
      }
    }
    return open > 0 ? own + INDENT : own;
  }
}
