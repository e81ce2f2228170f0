package rft.prompt.jinja;

/**
 * A lexical token of a template.
 *
 * @param text the characters of text, names, numbers and operators; the value of strings
 * @param line where it begins, from 1
 */
record Token(Kind kind, String text, int line) {
  /** What a token is. */
  enum Kind {
    TEXT,
    VARIABLE_BEGIN,
    VARIABLE_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean is(Kind other, String value) {
    return kind == other && text.equals(value);
  }

  /** Returns the token as messages show it. */
  String shown() {
    return switch (kind) {
      case VARIABLE_END -> "}}";
      case BLOCK_END -> "%}";
      case END -> "the end of the template";
      default -> "'" + text + "'";
    };
  }
}
