package rft.judge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import rft.dataset.NearestName;
import rft.dataset.Sha256;
import rft.reward.Failure;

/**
 * A prompt with named places. A value is put in between markers that carry a code made of all
 * values, so that no value can end its own place; places inside values are left alone.
 */
final class PromptTemplate {
  private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*(\\??)\\s*}}");
  private static final int CODE_LENGTH = 8;

  private final String text;

  private PromptTemplate(String text) {
    this.text = text;
  }

  /**
   * Returns a prompt that shows what it must.
   *
   * @throws IllegalArgumentException if a place has no name, or one of these is missing
   */
  static PromptTemplate showing(String text, String... names) {
    Set<String> places =
        PLACE
            .matcher(text)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (places.contains("")) {
      throw new IllegalArgumentException("a place in the prompt has no name: {{ }}");
    }
    for (String name : names) {
      if (!places.contains(name)) {
        throw new IllegalArgumentException(
            "the prompt never shows the answer: put {{" + name + "}} where it belongs");
      }
    }
    return new PromptTemplate(text);
  }

  /**
   * A prompt with its values.
   *
   * @param text to send
   * @param code that its markers carry
   */
  record Filled(String text, String code) {}

  /** Returns the prompt with these values; see {@link #fill(String, Map, List)}. */
  Filled fill(String task, Map<String, String> values) throws ChatException {
    return fill(task, values, List.of());
  }

  /**
   * Returns the prompt with these values.
   *
   * @param task of which the values are, for the message
   * @param answers stand, numbered, for {@code completions}
   * @throws ChatException {@code UNKNOWN_VARIABLE} if it names one that is missing, with the
   *     nearest
   */
  Filled fill(String task, Map<String, String> values, List<String> answers) throws ChatException {
    String code = code(Stream.concat(values.values().stream().sorted(), answers.stream()).toList());
    Map<String, String> shown = new HashMap<>();
    values.forEach((name, value) -> shown.put(name, fenced(name, code, value)));
    if (!answers.isEmpty()) {
      shown.put(
          Placeholders.COMPLETIONS,
          IntStream.range(0, answers.size())
              .mapToObj(i -> fenced("answer " + (i + 1), code, answers.get(i)))
              .collect(Collectors.joining("\n")));
    }
    StringBuilder filled = new StringBuilder();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      String name = place.group(1);
      if (!shown.containsKey(name) && place.group(2).isEmpty()) {
        throw new ChatException(
            Failure.Kind.UNKNOWN_VARIABLE, missing(task, name, values.keySet()));
      }
      place.appendReplacement(filled, Matcher.quoteReplacement(shown.getOrDefault(name, "(none)")));
    }
    place.appendTail(filled);
    return new Filled(filled.toString(), code);
  }

  private static String missing(String task, String name, Set<String> known) {
    return name.equals("reference")
        ? "the prompt shows {{reference}}, but task " + task + " has no reference answer"
        : "the prompt shows {{"
            + name
            + "}}, which task "
            + task
            + " does not have"
            + NearestName.hint(name, known)
            + " (it has "
            + String.join(", ", known)
            + ")";
  }

  private static String fenced(String name, String code, String value) {
    return "<" + name + " " + code + ">\n" + value + "\n</" + name + " " + code + ">";
  }

  /** Returns a code that occurs in no value; the same values have the same one. */
  private static String code(List<String> values) {
    for (int attempt = 0; ; attempt++) {
      MessageDigest digest = Sha256.start();
      digest.update((byte) attempt);
      for (String value : values) {
        digest.update(value.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      String code = Sha256.hex(digest).substring(0, CODE_LENGTH);
      if (values.stream().noneMatch(value -> value.contains(code))) {
        return code;
      }
    }
  }
}
