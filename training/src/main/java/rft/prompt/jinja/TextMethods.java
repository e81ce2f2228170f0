package rft.prompt.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;

/** The methods of Python's {@code str}. */
final class TextMethods {
  static final Builtins ALL =
      new Builtins("method")
          .add("strip", "chars", (text, it) -> strip(text, it, true, true))
          .add("lstrip", "chars", (text, it) -> strip(text, it, true, false))
          .add("rstrip", "chars", (text, it) -> strip(text, it, false, true))
          .add("split", "sep maxsplit", (text, it) -> split((String) text, it, false))
          .add("rsplit", "sep maxsplit", (text, it) -> split((String) text, it, true))
          .add("splitlines", "keepends", (text, it) -> lines((String) text, it))
          .add(
              "startswith", "prefix", (text, it) -> any(text, it.get("prefix"), String::startsWith))
          .add("endswith", "suffix", (text, it) -> any(text, it.get("suffix"), String::endsWith))
          .add("replace", "old new count", (text, it) -> replace((String) text, it))
          .add("upper", "", (text, it) -> ((String) text).toUpperCase(Locale.ROOT))
          .add("lower", "", (text, it) -> ((String) text).toLowerCase(Locale.ROOT))
          .add("capitalize", "", (text, it) -> PythonText.capitalize((String) text))
          .add("title", "", (text, it) -> title((String) text))
          .add("join", "values", (text, it) -> join((String) text, it.get("values")))
          .add("find", "sub", (text, it) -> find((String) text, it.text("sub"), false))
          .add("rfind", "sub", (text, it) -> find((String) text, it.text("sub"), true))
          .add("count", "sub", (text, it) -> count((String) text, it.text("sub")))
          .add("removeprefix", "prefix", (text, it) -> withoutPrefix((String) text, it))
          .add("removesuffix", "suffix", (text, it) -> withoutSuffix((String) text, it))
          .add("isdigit", "", (text, it) -> all(text, Character::isDigit))
          .add("isalpha", "", (text, it) -> all(text, Character::isLetter))
          .add("isalnum", "", (text, it) -> all(text, Character::isLetterOrDigit))
          .add("isspace", "", (text, it) -> all(text, PythonText::isSpace))
          .add("isupper", "", (text, it) -> cased((String) text, false))
          .add("islower", "", (text, it) -> cased((String) text, true));

  private TextMethods() {}

  private static Object strip(Object text, Bound arguments, boolean start, boolean end) {
    Object chars = arguments.get("chars", None.NONE);
    IntPredicate stripped =
        chars instanceof None
            ? PythonText::isSpace
            : codePoint -> arguments.text("chars").indexOf(codePoint) >= 0;
    String result = (String) text;
    result = start ? PythonText.stripStart(result, stripped) : result;
    return end ? PythonText.stripEnd(result, stripped) : result;
  }

  private static Object split(String text, Bound arguments, boolean fromEnd) {
    long most = arguments.integer("maxsplit", -1);
    long cuts = most < 0 ? Long.MAX_VALUE : most;
    if (arguments.get("sep", None.NONE) instanceof None) {
      return fromEnd ? wordsFromEnd(text, cuts) : words(text, cuts);
    }
    String separator = arguments.text("sep");
    if (separator.isEmpty()) {
      throw new JinjaException("the separator of split must not be empty");
    }
    return fromEnd ? partsFromEnd(text, separator, cuts) : parts(text, separator, cuts);
  }

  private static List<Object> parts(String text, String separator, long cuts) {
    List<Object> parts = new ArrayList<>();
    int start = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && parts.size() < cuts) {
      parts.add(text.substring(start, at));
      Limits.checkList(parts.size());
      start = at + separator.length();
      at = text.indexOf(separator, start);
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static List<Object> partsFromEnd(String text, String separator, long cuts) {
    List<Object> parts = new ArrayList<>();
    int end = text.length();
    int at = text.lastIndexOf(separator);
    while (at >= 0 && parts.size() < cuts) {
      parts.add(text.substring(at + separator.length(), end));
      Limits.checkList(parts.size());
      end = at;
      at = end < separator.length() ? -1 : text.lastIndexOf(separator, end - separator.length());
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  private static List<Object> words(String text, long cuts) {
    List<Object> words = new ArrayList<>();
    int start = run(text, 0, true);
    while (start < text.length() && words.size() < cuts) {
      int end = run(text, start, false);
      words.add(text.substring(start, end));
      Limits.checkList(words.size());
      start = run(text, end, true);
    }
    if (start < text.length()) {
      words.add(text.substring(start));
    }
    return words;
  }

  /** Returns where the run of white space, or of anything else, that begins at a place ends. */
  private static int run(String text, int start, boolean space) {
    int end = start;
    while (end < text.length() && PythonText.isSpace(text.charAt(end)) == space) {
      end++;
    }
    return end;
  }

  private static List<Object> wordsFromEnd(String text, long cuts) {
    List<Object> words = new ArrayList<>();
    int end = runBefore(text, text.length(), true);
    while (end > 0 && words.size() < cuts) {
      int start = runBefore(text, end, false);
      words.add(text.substring(start, end));
      Limits.checkList(words.size());
      end = runBefore(text, start, true);
    }
    if (end > 0) {
      words.add(text.substring(0, end));
    }
    Collections.reverse(words);
    return words;
  }

  private static int runBefore(String text, int end, boolean space) {
    int start = end;
    while (start > 0 && PythonText.isSpace(text.charAt(start - 1)) == space) {
      start--;
    }
    return start;
  }

  private static Object lines(String text, Bound arguments) {
    List<Object> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = start;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      int next = text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length());
      lines.add(text.substring(start, arguments.flag("keepends") ? next : end));
      Limits.checkList(lines.size());
      start = next;
    }
    return lines;
  }

  private static boolean any(Object text, Object choices, BiPredicate<String, String> holds) {
    List<?> all = choices instanceof List<?> list ? list : List.of(choices);
    return all.stream()
        .anyMatch(
            each ->
                holds.test((String) text, Values.text(each, "what a text begins or ends with")));
  }

  /** Returns the text with every, or the first {@code count}, {@code old} replaced. */
  static String replace(String text, Bound arguments) {
    String old = arguments.text("old");
    String replacement = arguments.text("new");
    long count =
        arguments.get("count", None.NONE) instanceof None ? -1 : arguments.integer("count");
    StringBuilder result = new StringBuilder();
    int from = 0;
    int at = text.indexOf(old);
    for (long i = 0; at >= 0 && i != count; i++) {
      result.append(text, from, at).append(replacement);
      Limits.checkText(result.length());
      from = at + old.length();
      int next = old.isEmpty() ? at + 1 : from;
      if (old.isEmpty() && at < text.length()) {
        result.append(text.charAt(at));
        from = next;
      }
      at = next > text.length() ? -1 : text.indexOf(old, next);
    }
    return result.append(text.substring(Math.min(from, text.length()))).toString();
  }

  /** Returns the text with every word capitalised. */
  static String title(String text) {
    StringBuilder title = new StringBuilder();
    boolean inWord = false;
    for (int codePoint : text.codePoints().toArray()) {
      String letter = Character.toString(codePoint);
      title.append(inWord ? letter.toLowerCase(Locale.ROOT) : letter.toUpperCase(Locale.ROOT));
      inWord = Character.isLetter(codePoint);
    }
    return title.toString();
  }

  private static String join(String separator, Object values) {
    StringBuilder joined = new StringBuilder();
    String before = "";
    for (Object each : Values.elements(values)) {
      joined.append(before).append(Values.text(each, "what is joined"));
      Limits.checkText(joined.length());
      before = separator;
    }
    return joined.toString();
  }

  private static Object find(String text, String sub, boolean last) {
    int at = last ? text.lastIndexOf(sub) : text.indexOf(sub);
    return at < 0 ? -1L : (long) text.codePointCount(0, at);
  }

  private static Object count(String text, String sub) {
    if (sub.isEmpty()) {
      return Values.length(text) + 1;
    }
    long count = 0;
    for (int at = text.indexOf(sub); at >= 0; at = text.indexOf(sub, at + sub.length())) {
      count++;
    }
    return count;
  }

  private static String withoutPrefix(String text, Bound arguments) {
    String prefix = arguments.text("prefix");
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String withoutSuffix(String text, Bound arguments) {
    String suffix = arguments.text("suffix");
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  private static boolean all(Object text, IntPredicate holds) {
    return !((String) text).isEmpty() && ((String) text).codePoints().allMatch(holds);
  }

  private static boolean cased(String text, boolean lower) {
    String other = lower ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT);
    return text.equals(other) && text.codePoints().anyMatch(Character::isLetter);
  }
}
