package rft.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An answer as what it is: a number, a JSON object, or text; and what is near to it and wrong. */
final class AnswerValue {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,15}(?:\\.\\d{1,10})?");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final String LATIN = "aceiopxyABCEHIKMOPTXY";
  private static final String CYRILLIC = "асеіорхуАВСЕНІКМОРТХУ";

  private final String text;
  private final @Nullable BigDecimal number;
  private final @Nullable ObjectNode object;

  AnswerValue(String text) {
    this.text = text;
    this.number = NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    this.object = object(text);
  }

  private static @Nullable ObjectNode object(String text) {
    if (!text.startsWith("{")) {
      return null;
    }
    try {
      return JSON.readTree(text) instanceof ObjectNode node && !node.isEmpty() ? node : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  String text() {
    return text;
  }

  boolean isNumber() {
    return number != null;
  }

  Optional<ObjectNode> asObject() {
    return Optional.ofNullable(object).map(ObjectNode::deepCopy);
  }

  /** Returns how much of this answer another one repeats, in [0, 1]; 1 only if they are equal. */
  double overlap(AnswerValue other) {
    if (number != null && other.number != null) {
      return number.compareTo(other.number) == 0
          ? 1
          : text.length() == other.text.length() ? 0.1 : 0;
    }
    List<String> mine = object == null ? parts(text) : values(object);
    List<String> others = other.object == null ? parts(other.text) : values(other.object);
    int same = 0;
    for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
      same += mine.get(i).equalsIgnoreCase(others.get(i)) ? 1 : 0;
    }
    boolean equal = text.equalsIgnoreCase(other.text);
    return equal ? 1 : Math.min(0.99, same / (double) Math.max(1, mine.size()));
  }

  private static List<String> values(ObjectNode object) {
    List<String> values = new ArrayList<>();
    object.properties().forEach(field -> values.add(field.getKey() + "=" + field.getValue()));
    return values;
  }

  private static List<String> parts(String text) {
    return Arrays.stream(BETWEEN.split(text)).filter(part -> !part.isEmpty()).toList();
  }

  /** Returns other answers that look nearly like this one, by what was done to them. */
  Map<String, String> nearMisses() {
    if (number != null) {
      return numbersNear(number);
    }
    if (object != null) {
      return objectsNear(object);
    }
    int last = lastDigit(text);
    return last < 0 ? Map.of() : Map.of("one digit off", withDigit(text, last));
  }

  private static Map<String, String> numbersNear(BigDecimal number) {
    Map<String, String> near = new LinkedHashMap<>();
    BigDecimal quarter =
        number.abs().multiply(new BigDecimal("0.25")).setScale(number.scale(), RoundingMode.UP);
    BigDecimal least = BigDecimal.ONE.movePointLeft(number.scale());
    near.put("a quarter off", number.add(quarter.max(least)).toPlainString());
    if (number.signum() != 0) {
      near.put("other sign", number.negate().toPlainString());
      near.put("ten times as much", number.multiply(BigDecimal.TEN).toPlainString());
    }
    boolean small = number.abs().compareTo(new BigDecimal(6)) <= 0;
    if (small && number.abs().compareTo(BigDecimal.ONE) >= 0) {
      near.put("off by 0.9", number.add(new BigDecimal("0.9")).toPlainString());
    }
    return near;
  }

  private static Map<String, String> objectsNear(ObjectNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getValue().isNumber()) {
        ObjectNode near = object.deepCopy();
        long other =
            field.getValue().asLong() + Math.max(1, Math.abs(field.getValue().asLong()) / 4);
        return Map.of("one number of the object off", near.put(field.getKey(), other).toString());
      }
    }
    return Map.of();
  }

  private static int lastDigit(String text) {
    for (int i = text.length() - 1; i >= 0; i--) {
      if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        return i;
      }
    }
    return -1;
  }

  private static String withDigit(String text, int at) {
    char other = (char) ('0' + (text.charAt(at) - '0' + 1) % 10);
    return text.substring(0, at) + other + text.substring(at + 1);
  }

  /** Returns an object of the same fields with other values, or empty if it is no object. */
  Optional<String> otherValues() {
    return asObject()
        .map(
            other -> {
              for (Map.Entry<String, JsonNode> field : other.properties()) {
                boolean isNumber = field.getValue().isNumber();
                field.setValue(
                    isNumber
                        ? IntNode.valueOf(2 * Math.abs(field.getValue().asInt()) + 17)
                        : TextNode.valueOf(Attacks.NONSENSE));
              }
              return other.toString();
            });
  }

  /** Returns proper parts of this answer, by what is left of it. */
  Map<String, String> properParts() {
    if (object != null) {
      if (object.size() < 2) {
        return Map.of();
      }
      ObjectNode fewer = object.deepCopy();
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      fewer.remove(names.get(names.size() - 1));
      return Map.of("a field left out", fewer.toString());
    }
    List<String> parts = parts(text);
    if (number != null || parts.size() < 2) {
      return Map.of();
    }
    String last = parts.get(parts.size() - 1);
    String without = text.substring(0, text.lastIndexOf(last));
    Map<String, String> proper = new LinkedHashMap<>();
    proper.put("only the first part", parts.get(0));
    proper.put("the last part left out", strippedEnd(without));
    return proper;
  }

  private static String strippedEnd(String text) {
    return text.replaceFirst("[^\\p{L}\\p{N}]+$", "");
  }

  /** Returns the parts of a text in reverse, or empty if that is no other text. */
  Optional<String> reversed() {
    List<String> parts = new ArrayList<>(parts(text));
    if (object != null || number != null || parts.size() < 3) {
      return Optional.empty();
    }
    String first = parts.get(0);
    int from = text.indexOf(first) + first.length();
    String between = text.substring(from, text.indexOf(parts.get(1), from));
    Collections.reverse(parts);
    String reversed = String.join(between, parts);
    return reversed.equals(text) ? Optional.empty() : Optional.of(reversed);
  }

  /** Returns the same word in letters of another alphabet, or empty if it has hardly any. */
  Optional<String> lookAlike() {
    StringBuilder other = new StringBuilder();
    int changed = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int place = LATIN.indexOf(c);
      changed += place < 0 ? 0 : 1;
      other.append(place < 0 ? c : CYRILLIC.charAt(place));
    }
    return object == null && changed >= 2 ? Optional.of(other.toString()) : Optional.empty();
  }
}
