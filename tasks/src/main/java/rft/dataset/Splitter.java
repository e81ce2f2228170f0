package rft.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Assigns each task to a split by a hash of what it is about, so that the same content, however
 * worded, is never both learned from and tested on. The choice depends on the task alone: adding
 * rows moves none, and a new validation share moves none into or out of the test split.
 *
 * <p>What a task is about is its attribute {@code content_key} where it has one, else the text of
 * its user messages with case, white space and punctuation folded, together with its reference.
 *
 * @param validationShare expected share of the validation split, in [0, 1)
 * @param testShare expected share of the test split, in [0, 1)
 */
public record Splitter(double validationShare, double testShare) {
  private static final Pattern FOLDED = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  public Splitter {
    if (!(validationShare >= 0 && testShare >= 0 && validationShare + testShare < 1)) {
      throw new IllegalArgumentException(
          "validation share ("
              + validationShare
              + ") and test share ("
              + testShare
              + ") must be at least 0 and leave something to train on");
    }
  }

  /** Returns the default: 10 % validation, 20 % test, the rest to train on. */
  public static Splitter standard() {
    return new Splitter(0.1, 0.2);
  }

  /** Returns the split of one task. */
  public Split splitOf(Task task) {
    double place = placeOf(task);
    if (place < testShare) {
      return Split.TEST;
    }
    return place < testShare + validationShare ? Split.VALIDATION : Split.TRAIN;
  }

  /** Returns the tasks of every split, each in the given order; a split may be empty. */
  public Map<Split, List<Task>> split(List<Task> tasks) {
    Map<Split, List<Task>> parts = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      parts.put(split, new ArrayList<>());
    }
    for (Task task : tasks) {
      parts.computeIfAbsent(splitOf(task), split -> new ArrayList<>()).add(task);
    }
    parts.replaceAll((split, members) -> List.copyOf(members));
    return Collections.unmodifiableMap(parts);
  }

  /** Returns a number in [0, 1), evenly spread over contents. */
  private static double placeOf(Task task) {
    MessageDigest digest = Sha256.start();
    byte[] hash = digest.digest(contentOf(task).getBytes(StandardCharsets.UTF_8));
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | (hash[i] & 0xFF);
    }
    return (bits >>> 11) * 0x1p-53;
  }

  private static String contentOf(Task task) {
    JsonNode key = task.attributes().path(Task.CONTENT_KEY);
    if (!key.isMissingNode() && !key.isNull()) {
      return "key " + sorted(key);
    }
    return "text " + folded(task.promptText()) + "\n" + sorted(task.reference());
  }

  /** Returns the words and numbers of a text; the text itself if it has neither. */
  private static String folded(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String words = FOLDED.matcher(plain).replaceAll(" ").strip();
    return words.isEmpty() ? plain.strip() : words;
  }

  /** Returns the same JSON with the fields of every object in the order of their names. */
  private static JsonNode sorted(JsonNode value) {
    if (value.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      TreeSet<String> names = new TreeSet<>();
      value.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> object.set(name, sorted(value.path(name))));
      return object;
    }
    if (value.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> array.add(sorted(element)));
      return array;
    }
    return value;
  }
}
