package rft.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.FinishReason;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion for each of the row's constraints that it keeps.
 *
 * <p>Pays the mean over the constraints, each 0 to 1 and a part by its name. They stand in the
 * row's {@code constraints}, an object, or are fields of the row: {@code must_include} and {@code
 * must_not_include} (texts, case set aside), {@code min_words}, {@code max_words}, {@code
 * max_characters}, {@code min_sentences}, {@code max_sentences}, {@code json_keys} (the whole text
 * is a JSON object with these keys and no other), {@code regex} (found anywhere), {@code sections}
 * (headings, each on a line of its own, in this order), {@code bullets} (that many list items),
 * {@code starts_with}, {@code ends_with}. Blank text, and text that was cut off, earns nothing. A
 * row without constraints is abstained from; one that is not known fails.
 *
 * <p>Does not catch what is said: a list of the words to include, under the right headings, earns
 * full marks. Use it as a part beside a reward that looks at the content.
 */
public final class FormatConstraints implements RewardFunction {
  /** Whether one broken constraint costs everything; false pays the share that is kept. */
  private static final boolean ALL_OR_NOTHING = false;

  private static final List<String> KNOWN =
      List.of(
          "must_include",
          "must_not_include",
          "min_words",
          "max_words",
          "max_characters",
          "min_sentences",
          "max_sentences",
          "json_keys",
          "regex",
          "sections",
          "bullets",
          "starts_with",
          "ends_with");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Makes the reward. */
  public FormatConstraints() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    JsonNode own = task.attributes().path("constraints");
    Map<String, JsonNode> constraints = new LinkedHashMap<>();
    (own.isObject() ? own : task.attributes())
        .properties()
        .forEach(field -> constraints.put(field.getKey(), field.getValue()));
    if (own.isObject()) {
      for (String name : constraints.keySet()) {
        if (!KNOWN.contains(name)) {
          return new Failure(
              Failure.Kind.UNKNOWN_VARIABLE,
              "there is no constraint "
                  + name
                  + ": the known ones are "
                  + String.join(", ", KNOWN));
        }
      }
    }
    constraints.keySet().retainAll(KNOWN);
    if (constraints.isEmpty()) {
      return new Abstain("the row has no constraints");
    }
    String text = completion.text().strip();
    boolean whole = !text.isEmpty() && completion.finishReason() != FinishReason.LENGTH;
    Map<String, Double> parts = new LinkedHashMap<>();
    List<String> broken = new ArrayList<>();
    constraints.forEach(
        (name, wanted) -> {
          double kept = whole ? kept(name, wanted, text) : 0;
          parts.put(name, kept);
          if (kept < 1) {
            broken.add(name);
          }
        });
    double mean = parts.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    String reason = broken.isEmpty() ? "all kept" : "broken: " + String.join(", ", broken);
    return new Score(ALL_OR_NOTHING && mean < 1 ? 0 : mean, parts, reason, 0);
  }

  private static double kept(String name, JsonNode wanted, String text) {
    return switch (name) {
      case "must_include" -> share(texts(wanted), each -> has(text, each));
      case "must_not_include" -> share(texts(wanted), each -> !has(text, each));
      case "min_words" -> check(words(text) >= number(name, wanted));
      case "max_words" -> check(words(text) <= number(name, wanted));
      case "max_characters" -> check(text.codePointCount(0, text.length()) <= number(name, wanted));
      case "min_sentences" -> check(sentences(text) >= number(name, wanted));
      case "max_sentences" -> check(sentences(text) <= number(name, wanted));
      case "json_keys" -> check(keys(text).equals(texts(wanted).stream().sorted().toList()));
      case "regex" -> check(Pattern.compile(wanted.asText()).matcher(text).find());
      case "sections" -> sections(texts(wanted), text);
      case "bullets" -> check(bullets(text) == number(name, wanted));
      case "starts_with" -> check(text.startsWith(wanted.asText()));
      case "ends_with" -> check(text.endsWith(wanted.asText()));
      default -> throw new IllegalStateException(name);
    };
  }

  private static double check(boolean kept) {
    return kept ? 1 : 0;
  }

  private static double share(List<String> wanted, java.util.function.Predicate<String> kept) {
    return wanted.isEmpty() ? 1 : (double) wanted.stream().filter(kept).count() / wanted.size();
  }

  private static long number(String name, JsonNode wanted) {
    if (!wanted.isIntegralNumber()) {
      throw new IllegalArgumentException(name + " (" + wanted + ") must be a whole number");
    }
    return wanted.longValue();
  }

  private static List<String> texts(JsonNode wanted) {
    List<String> texts = new ArrayList<>();
    (wanted.isArray() ? wanted : JSON.createArrayNode().add(wanted))
        .forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** Returns whether a text stands there as a word or words, not inside of another word. */
  private static boolean has(String text, String wanted) {
    String all = " " + text.toLowerCase(Locale.ROOT) + " ";
    String part = wanted.toLowerCase(Locale.ROOT).strip();
    for (int at = all.indexOf(part); at > 0 && !part.isEmpty(); at = all.indexOf(part, at + 1)) {
      boolean begins = !Character.isLetterOrDigit(part.charAt(0)) || isEdge(all.charAt(at - 1));
      char last = part.charAt(part.length() - 1);
      boolean ends = !Character.isLetterOrDigit(last) || isEdge(all.charAt(at + part.length()));
      if (begins && ends) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEdge(char letter) {
    return !Character.isLetterOrDigit(letter);
  }

  private static long words(String text) {
    return text.split("\\s+").length;
  }

  private static long sentences(String text) {
    return Pattern.compile("[.!?\u3002]+(?=[\\s\"')\u201d]|$)").matcher(text).results().count();
  }

  private static List<String> keys(String text) {
    JsonNode object;
    try {
      object = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      object = MissingNode.getInstance();
    }
    return object.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  /** Returns the share of the headings that stand on a line of their own, in order. */
  private static double sections(List<String> headings, String text) {
    List<String> lines = text.lines().map(FormatConstraints::heading).toList();
    int from = 0;
    int found = 0;
    for (String heading : headings) {
      int place = lines.subList(from, lines.size()).indexOf(heading(heading));
      if (place >= 0) {
        from += place + 1;
        found++;
      }
    }
    return headings.isEmpty() ? 1 : (double) found / headings.size();
  }

  private static String heading(String line) {
    return line.replaceAll("^[#*\\s]+|[:*\\s]+$", "").toLowerCase(Locale.ROOT);
  }

  private static long bullets(String text) {
    return text.lines()
        .filter(line -> line.matches("\\s*(?:[-*\u2022]|\\d+[.)])\\s+\\S.*"))
        .count();
  }
}
