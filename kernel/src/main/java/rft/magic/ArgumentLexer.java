package rft.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Cuts the tail of a magic into arguments. White space divides them; a backslash before a line
 * break is white space. Double quotes keep white space, know a backslash before n, t, a quote, a
 * brace or a backslash, and fill in variables; single quotes keep everything as it is. Outside
 * quotes a backslash is itself except before white space, a quote, a brace or another backslash, so
 * that Windows paths need no care. A name in braces is replaced by that variable's value; braces
 * around anything else are plain text.
 */
final class ArgumentLexer {
  private final CellText cell;
  private final int end;
  private final Function<Token, String> variables;
  private final boolean lenient;
  private int at;

  private ArgumentLexer(
      CellText cell, int start, int end, Function<Token, String> variables, boolean lenient) {
    this.cell = cell;
    this.at = start;
    this.end = end;
    this.variables = variables;
    this.lenient = lenient;
  }

  /**
   * Returns the arguments that stand between two offsets of a cell.
   *
   * @param variables gives the text of the variable that a token names; may throw
   * @throws MagicException if a quote is not closed
   */
  static List<Token> tokens(CellText cell, int start, int end, Function<Token, String> variables) {
    return new ArgumentLexer(cell, start, end, variables, false).run();
  }

  /** Returns the arguments of a line that is still being typed: variables stay as they are. */
  static List<Token> typedSoFar(CellText cell, int start, int end) {
    return new ArgumentLexer(cell, start, end, name -> "{" + name.text() + "}", true).run();
  }

  private List<Token> run() {
    List<Token> tokens = new ArrayList<>();
    while (skipSpace()) {
      tokens.add(next());
    }
    return tokens;
  }

  private boolean skipSpace() {
    while (at < end && (Character.isWhitespace(peek()) || isJoinedLine())) {
      at++;
    }
    return at < end;
  }

  private boolean isJoinedLine() {
    return peek() == '\\' && at + 1 < end && (peek(1) == '\n' || peek(1) == '\r');
  }

  private Token next() {
    int start = at;
    boolean quoted = false;
    StringBuilder text = new StringBuilder();
    while (at < end && !Character.isWhitespace(peek()) && !isJoinedLine()) {
      char c = peek();
      if (c == '"' || c == '\'') {
        quoted = true;
        quote(text, c);
      } else if (c == '\\' && at + 1 < end && " \t\"'\\{}".indexOf(peek(1)) >= 0) {
        text.append(peek(1));
        at += 2;
      } else if (c == '{') {
        brace(text);
      } else {
        text.append(c);
        at++;
      }
    }
    return new Token(text.toString(), start, at, quoted);
  }

  private void quote(StringBuilder text, char quote) {
    int open = at++;
    while (at < end && peek() != quote) {
      if (quote == '"' && peek() == '\\' && at + 1 < end) {
        escape(text);
      } else if (quote == '"' && peek() == '{') {
        brace(text);
      } else {
        text.append(peek());
        at++;
      }
    }
    if (at >= end && !lenient) {
      throw new MagicException(
          "UnclosedQuote",
          "the quote " + quote + " is not closed; close it, or write \\" + quote + " for the sign",
          open,
          open + 1);
    }
    at = Math.min(at + 1, end);
  }

  private void escape(StringBuilder text) {
    char c = peek(1);
    switch (c) {
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case '"', '\\', '{', '}' -> text.append(c);
      default -> text.append('\\').append(c);
    }
    at += 2;
  }

  private void brace(StringBuilder text) {
    Optional<String> name = nameInBraces();
    if (name.isEmpty()) {
      text.append(peek());
      at++;
      return;
    }
    int behind = at + name.get().length() + 2;
    text.append(variables.apply(new Token(name.get(), at + 1, behind - 1, false)));
    at = behind;
  }

  private Optional<String> nameInBraces() {
    int from = at + 1;
    int to = from;
    while (to < end && Character.isJavaIdentifierPart(cell.code().charAt(to))) {
      to++;
    }
    boolean isName =
        to > from
            && to < end
            && cell.code().charAt(to) == '}'
            && Character.isJavaIdentifierStart(cell.code().charAt(from));
    return isName ? Optional.of(cell.code().substring(from, to)) : Optional.empty();
  }

  private char peek() {
    return cell.code().charAt(at);
  }

  private char peek(int ahead) {
    return cell.code().charAt(at + ahead);
  }
}
