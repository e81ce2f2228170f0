package rft.cell;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that is one expression, run as a statement that hands its value over. JShell makes a
 * variable of an expression and compiles it twice for its type, which nobody asks for here: as a
 * statement it costs about half.
 */
public final class Expression {
  private static final ThreadLocal<@Nullable Object> VALUE = new ThreadLocal<>();

  /** Words that no expression worth the short way begins with. */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?s)((import|package|class|interface|enum|record|abstract|final|public|private|protected"
              + "|static|sealed|if|for|while|do|try|switch|return|throw|break|continue|assert"
              + "|synchronized|yield|var|void)\\b|@|System\\.(out|err)\\.).*");

  private static final Pattern ASSIGNMENT = Pattern.compile("(?<![=!<>])=(?!=)|[<>]{2,3}=|[;{}]");

  private Expression() {}

  /**
   * Returns the statement that hands over the value of a text; empty if the text may be anything
   * else than one expression. That it is one, only the compiler knows.
   */
  static Optional<String> statementOf(String source) {
    String code = Reader.withoutText(source).strip();
    if (code.isEmpty() || STATEMENT.matcher(code).matches() || ASSIGNMENT.matcher(code).find()) {
      return Optional.empty();
    }
    // On the same line, so that lines of frames stay; a comment must not swallow the end.
    String end = source.contains("//") ? "\n" : "";
    return Optional.of("{" + Expression.class.getName() + ".keep((" + source + end + "));}");
  }

  /** Called by the statement: keeps the value for {@link #valueOr} on the same thread. */
  public static void keep(@Nullable Object value) {
    VALUE.set(value);
  }

  /** Returns what a snippet returned, else the value that the calling thread kept, if any. */
  static @Nullable Object valueOr(@Nullable Object returned) {
    Object kept = VALUE.get();
    VALUE.remove();
    return returned != null ? returned : kept;
  }
}
