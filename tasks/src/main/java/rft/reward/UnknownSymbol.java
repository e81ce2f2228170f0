package rft.reward;

import java.lang.reflect.Member;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import rft.dataset.NearestName;

/** Says what to do about a name that the Java compiler did not find in a reward. */
final class UnknownSymbol {
  private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(\\w+) (([\\w$]+)[^\\n]*)");

  /** A type with its package: the reward's own types have none. */
  private static final Pattern TYPE =
      Pattern.compile(
          "location:\\s+(?:(?:variable|method) .* of type|class|interface|enum|record)"
              + " ((?:[a-z]\\w*\\.)+[\\w$.]+)");

  private static final List<String> GIVEN =
      List.of("completion", "answer", "prompt", "task", "rollout");

  private UnknownSymbol() {}

  /**
   * Returns the sentence.
   *
   * @param message the compiler's own, in English
   * @return empty if the message is of another form
   */
  static Optional<String> explained(String message) {
    Matcher symbol = SYMBOL.matcher(message);
    if (!symbol.find()) {
      return Optional.empty();
    }
    String kind = symbol.group(1);
    String unknown = kind + " " + symbol.group(2).strip();
    Matcher type = TYPE.matcher(message);
    if (type.find()) {
      return Optional.of(
          "unknown " + unknown + " of " + type.group(1) + nearest(symbol.group(3), type.group(1)));
    }
    if (kind.equals("variable") && GIVEN.contains(symbol.group(3))) {
      return Optional.of(
          "unknown "
              + unknown
              + "; a method takes what it reads as parameters: (String completion, String answer,"
              + " String prompt) or (Task task, Completion rollout)");
    }
    Optional<String> given = NearestName.of(symbol.group(3), GIVEN);
    if (kind.equals("variable") && given.isPresent()) {
      return Optional.of("unknown " + unknown + "; did you mean " + given.get() + "?");
    }
    return Optional.of(
        "unknown "
            + unknown
            + "; a reward is self-contained and cannot use the "
            + unknown
            + " of another cell: define it in the reward");
  }

  private static String nearest(String name, String type) {
    try {
      Class<?> known = Class.forName(type, false, UnknownSymbol.class.getClassLoader());
      Set<String> names = new TreeSet<>();
      Stream.<Member>concat(Stream.of(known.getMethods()), Stream.of(known.getFields()))
          .forEach(member -> names.add(member.getName()));
      return NearestName.hint(name, names);
    } catch (ClassNotFoundException | LinkageError e) {
      // A type of a dependency jar: without a hint, then.
      return "";
    }
  }
}
