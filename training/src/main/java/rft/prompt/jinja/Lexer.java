package rft.prompt.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens, with {@code trim_blocks} and {@code lstrip_blocks} on: a line break
 * after a block and the indentation before it do not count as text.
 */
final class Lexer {
  private static final Pattern OPENING = Pattern.compile("\\{[{%#][-+]?");
  private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(?:-%\\}\\s*|%\\})");
  private static final Pattern END_RAW =
      Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*|%\\}\\n?)");
  private static final Pattern END_COMMENT = Pattern.compile("\\+#\\}|-#\\}\\s*|#\\}\\n?");
  private static final Pattern END_BLOCK = Pattern.compile("\\+%\\}|-%\\}\\s*|%\\}\\n?");
  private static final Pattern END_VARIABLE = Pattern.compile("-\\}\\}\\s*|\\}\\}");
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern FLOAT =
      Pattern.compile("(?<!\\.)\\d[\\d_]*(?:\\.\\d[\\d_]*(?:[eE][+-]?\\d+)?|[eE][+-]?\\d+)");
  private static final Pattern INTEGER = Pattern.compile("\\d[\\d_]*");
  private static final Pattern OPERATOR =
      Pattern.compile("\\*\\*|//|==|!=|>=|<=|[-+/*%~\\[\\](){}<>=.:|,]");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;
  private int counted;
  private boolean lineBegins = true;

  Lexer(String source) {
    String lines = source.replace("\r\n", "\n").replace('\r', '\n');
    this.source = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
  }

  /** Returns the tokens; the last one is the end. */
  List<Token> tokens() {
    Matcher opening = OPENING.matcher(source);
    while (opening.find(position)) {
      String tag = opening.group();
      Matcher raw = RAW.matcher(source).region(opening.start(), source.length());
      text(opening.start(), tag.charAt(1) == '{' ? '+' : ' ', tag);
      if (raw.lookingAt()) {
        raw(raw.end());
      } else if (tag.charAt(1) == '#') {
        comment(opening.end());
      } else if (tag.charAt(1) == '%') {
        code(opening.end(), Token.Kind.BLOCK_BEGIN, Token.Kind.BLOCK_END, END_BLOCK);
      } else {
        code(opening.end(), Token.Kind.VARIABLE_BEGIN, Token.Kind.VARIABLE_END, END_VARIABLE);
      }
    }
    text(source.length(), '+', "");
    add(Token.Kind.END, "");
    return tokens;
  }

  /** Adds the text up to an opening tag; its sign, or the standard, says what is stripped. */
  private void text(int end, char standard, String tag) {
    String text = source.substring(position, end);
    char sign = tag.length() > 2 ? tag.charAt(2) : standard;
    if (sign == '-') {
      text = PythonText.stripEnd(text);
    } else if (sign == ' ') {
      int lineStart = text.lastIndexOf('\n') + 1;
      if ((lineStart > 0 || lineBegins) && PythonText.strip(text.substring(lineStart)).isEmpty()) {
        text = text.substring(0, lineStart);
      }
    }
    if (!text.isEmpty()) {
      add(Token.Kind.TEXT, text);
    }
    position = end;
  }

  private void comment(int start) {
    Matcher end = END_COMMENT.matcher(source);
    if (!end.find(start)) {
      throw fault("the comment {# is not closed by #}");
    }
    moveTo(end.end());
  }

  private void raw(int start) {
    Matcher end = END_RAW.matcher(source);
    if (!end.find(start)) {
      throw fault("{% raw %} is not closed by {% endraw %}");
    }
    position = start;
    lineBegins = false;
    text(end.start(), ' ', "{%" + end.group(1));
    moveTo(end.end());
  }

  private void moveTo(int end) {
    lineBegins = end > 0 && source.charAt(end - 1) == '\n';
    position = end;
  }

  private void code(int start, Token.Kind begin, Token.Kind close, Pattern closing) {
    add(begin, "");
    int opened = line;
    position = start;
    Deque<Character> brackets = new ArrayDeque<>();
    while (position < source.length()) {
      Matcher end = matcher(closing);
      if (brackets.isEmpty() && end.lookingAt()) {
        add(close, "");
        moveTo(end.end());
        return;
      }
      token(brackets);
    }
    String tag =
        begin == Token.Kind.BLOCK_BEGIN ? "{% is not closed by %}" : "{{ is not closed by }}";
    throw new JinjaException(opened, tag);
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(source).region(position, source.length()).useTransparentBounds(true);
  }

  private void token(Deque<Character> brackets) {
    int space = matches(SPACE).length();
    if (space > 0) {
      position += space;
      return;
    }
    for (Token.Kind kind : List.of(Token.Kind.NAME, Token.Kind.FLOAT, Token.Kind.INTEGER)) {
      String word = matches(patternOf(kind));
      if (!word.isEmpty()) {
        add(kind, kind == Token.Kind.NAME ? word : word.replace("_", ""));
        position += word.length();
        return;
      }
    }
    char quote = source.charAt(position);
    if (quote == '\'' || quote == '"') {
      string(quote);
      return;
    }
    String operator = matches(OPERATOR);
    if (operator.isEmpty()) {
      throw fault(
          "the character '"
              + Character.toString(source.codePointAt(position))
              + "' has no meaning here");
    }
    add(Token.Kind.OPERATOR, operator);
    balance(operator.charAt(0), brackets);
    position += operator.length();
  }

  private void string(char quote) {
    int end = position + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw fault("the text after " + quote + " has no closing " + quote);
    }
    add(Token.Kind.STRING, StringLiteral.value(source.substring(position + 1, end)));
    position = end + 1;
  }

  private static Pattern patternOf(Token.Kind kind) {
    return switch (kind) {
      case NAME -> NAME;
      case FLOAT -> FLOAT;
      default -> INTEGER;
    };
  }

  private String matches(Pattern pattern) {
    Matcher matcher = matcher(pattern);
    return matcher.lookingAt() ? matcher.group() : "";
  }

  private void balance(char operator, Deque<Character> brackets) {
    int opening = "([{".indexOf(operator);
    if (opening >= 0) {
      brackets.push(")]}".charAt(opening));
      if (brackets.size() > Limits.MAX_NESTING) {
        throw fault("brackets are nested more than " + Limits.MAX_NESTING + " deep");
      }
    } else if (")]}".indexOf(operator) >= 0 && (brackets.isEmpty() || brackets.pop() != operator)) {
      throw fault("'" + operator + "' closes nothing");
    }
  }

  private JinjaException fault(String reason) {
    countLines();
    return new JinjaException(line, reason);
  }

  private void add(Token.Kind kind, String text) {
    countLines();
    tokens.add(new Token(kind, text, line));
  }

  private void countLines() {
    while (counted < position) {
      if (source.charAt(counted++) == '\n') {
        line++;
      }
    }
  }
}
