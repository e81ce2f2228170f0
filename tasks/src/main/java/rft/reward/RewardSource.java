package rft.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A compilation unit made from what the user wrote, and the way back from its lines and columns.
 *
 * <p>What is put before a body lies on its first line, so that lines agree with the user's, in
 * messages as in stack traces; only columns of that line need to be moved.
 */
final class RewardSource {
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "(?m)(?:^|[;}])[ \\t]*public\\s+(?:(?:final|abstract|sealed|non-sealed|strictfp)\\s+)*"
              + "(?:class|record|enum|interface)\\s+\\w+");
  private static final Pattern IMPORT =
      Pattern.compile("\\G\\s*(import\\s+(?:static\\s+)?[\\w.]+(?:\\.\\*)?\\s*;)");
  private static final String IMPORTS =
      "import java.util.*; import java.util.regex.*; import java.util.stream.*;"
          + " import com.fasterxml.jackson.databind.*; import rft.dataset.*; import rft.judge.*;"
          + " import rft.reward.*; import static rft.reward.Combination.*; ";

  private final String user;
  private final String text;
  private final int prologue;
  private final List<int[]> hoisted;

  private RewardSource(String user, String text, int prologue, List<int[]> hoisted) {
    this.user = user;
    this.text = text;
    this.prologue = prologue;
    this.hoisted = hoisted;
  }

  /** Returns true if the source declares a public top-level type rather than being a body. */
  static boolean isUnit(String source) {
    return PUBLIC_TYPE
        .matcher(source)
        .results()
        .anyMatch(match -> isTopLevel(source.substring(0, match.start())));
  }

  private static boolean isTopLevel(String before) {
    return before.chars().filter(c -> c == '{').count()
        == before.chars().filter(c -> c == '}').count();
  }

  /** Returns a source that is compiled as it stands. */
  static RewardSource unit(String source) {
    return new RewardSource(source, source, 0, List.of());
  }

  /**
   * Returns statements made into a class; imports at their head are moved out of the method.
   *
   * @param result the type the statements return
   */
  static RewardSource body(String className, String body, String result) {
    return wrapped(
        body,
        "public final class "
            + className
            + " { private "
            + className
            + "() {} public static "
            + result
            + " reward(String completion, String answer, String prompt, Task task,"
            + " Completion rollout) throws Exception { ",
        "\n}}\n");
  }

  /** Returns whole methods made into a class; imports at their head are moved before it. */
  static RewardSource methods(String className, String methods) {
    return wrapped(methods, "@Parts public final class " + className + " { ", "\n}\n");
  }

  private static RewardSource wrapped(String body, String opening, String closing) {
    StringBuilder head = new StringBuilder(IMPORTS);
    StringBuilder rest = new StringBuilder(body);
    List<int[]> hoisted = new ArrayList<>();
    Matcher imports = IMPORT.matcher(body);
    while (imports.find()) {
      hoisted.add(new int[] {head.length(), imports.start(1), imports.end(1)});
      head.append(imports.group(1).replaceAll("\\s", " ")).append(' ');
      for (int i = imports.start(1); i < imports.end(1); i++) {
        rest.setCharAt(i, body.charAt(i) == '\n' ? '\n' : ' ');
      }
    }
    head.append(opening);
    return new RewardSource(body, head + rest.toString() + closing, head.length(), hoisted);
  }

  /** Returns the place of a method's name, or the source's begin if it is not found. */
  static CompileProblem atMethod(String source, String method, String message) {
    Matcher name = Pattern.compile("\\b" + Pattern.quote(method) + "\\s*\\(").matcher(source);
    return unit(source).problemAt(name.find() ? name.start() : 0, message);
  }

  /** Returns the text to compile. */
  String text() {
    return text;
  }

  /**
   * Returns a problem at its place in what the user wrote.
   *
   * @param offset 0-based character in {@link #text}, negative if unknown
   */
  CompileProblem problemAt(long offset, String message) {
    int place = Math.max(0, Math.min(userOffset((int) offset), user.length()));
    // An error at the very end belongs to the last thing written.
    int end = user.stripTrailing().length();
    place = Math.min(place, Math.max(0, end));
    int lineStart = user.lastIndexOf('\n', place - 1) + 1;
    long line = user.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
    return new CompileProblem(line, place - lineStart + 1L, message);
  }

  /** Returns the place in what the user wrote, 0 for what was put before it. */
  int userOffset(int offset) {
    if (offset < prologue) {
      for (int[] statement : hoisted) {
        int into = offset - statement[0];
        if (into >= 0 && into < statement[2] - statement[1]) {
          return statement[1] + into;
        }
      }
      return 0;
    }
    return offset - prologue;
  }
}
