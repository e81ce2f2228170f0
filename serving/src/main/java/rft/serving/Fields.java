package rft.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rft.dataset.NearestName;

/**
 * The fields of a request, each read with what it may be. A field that is null counts as absent.
 * What nobody read is refused at the end, so that a mistyped field is no silent default.
 */
final class Fields {
  private static final int MOST_SHOWN = 60;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String prefix;
  private final ObjectNode object;
  private final Set<String> read = new TreeSet<>();

  private Fields(String prefix, ObjectNode object) {
    this.prefix = prefix;
    this.object = object;
  }

  /**
   * Returns the fields of a body.
   *
   * @throws ApiException if it is no JSON object
   */
  static Fields of(byte[] body) {
    try {
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return new Fields("", object);
      }
      throw ApiException.unreadable("the body must be a JSON object");
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw ApiException.unreadable(
          "the body is not valid JSON%s: %s".formatted(place, shown(e.getOriginalMessage())));
    } catch (IOException e) {
      throw ApiException.unreadable("the body is not valid UTF-8 text");
    }
  }

  /** Returns the full name of a field, as an error names it. */
  String name(String field) {
    return prefix + field;
  }

  /** Returns a field whatever it is, or null if it is absent. */
  @Nullable JsonNode any(String field) {
    read.add(field);
    JsonNode value = object.get(field);
    return value == null || value.isNull() ? null : value;
  }

  /** Returns a field that must be there. */
  JsonNode required(String field, String what) {
    JsonNode value = any(field);
    if (value == null) {
      throw ApiException.invalid(name(field), name(field) + " is missing: give " + what);
    }
    return value;
  }

  /** Returns a text. */
  String text(String field, String what) {
    JsonNode value = required(field, what);
    if (!value.isTextual()) {
      throw wrong(field, value, what);
    }
    return value.textValue();
  }

  boolean flag(String field, boolean otherwise) {
    JsonNode value = any(field);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(field, value, "true or false");
    }
    return value.booleanValue();
  }

  /** Returns a number within bounds, both included. */
  double number(String field, double otherwise, double least, double most) {
    JsonNode value = any(field);
    if (value == null) {
      return otherwise;
    }
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(number >= least && number <= most)) {
      throw wrong(field, value, "a number from " + plain(least) + " to " + plain(most));
    }
    return number;
  }

  /** Returns a whole number within bounds, both included, or null if it is absent. */
  @Nullable Long whole(String field, long least, long most) {
    JsonNode value = any(field);
    if (value == null) {
      return null;
    }
    boolean whole =
        value.isIntegralNumber()
            || (value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue()));
    if (!whole
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      String limits =
          most == Long.MAX_VALUE
              ? least == Long.MIN_VALUE ? " of 64 bits" : " of at least " + least
              : " from " + least + " to " + most;
      throw wrong(field, value, "a whole number" + limits);
    }
    return value.longValue();
  }

  int whole(String field, int otherwise, int least, int most) {
    Long value = whole(field, least, (long) most);
    return value == null ? otherwise : value.intValue();
  }

  /** Returns the fields of an object in a field, or null if it is absent. */
  @Nullable Fields inner(String field) {
    JsonNode value = any(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ObjectNode inner)) {
      throw wrong(field, value, "an object");
    }
    return new Fields(name(field) + ".", inner);
  }

  /** Returns the fields of each object in a list. */
  static List<Fields> each(String name, JsonNode list) {
    List<Fields> all = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String place = name + "[" + i + "]";
      if (!(list.get(i) instanceof ObjectNode object)) {
        throw ApiException.invalid(
            place, place + " (" + shown(list.get(i).toString()) + ") must be an object");
      }
      all.add(new Fields(place + ".", object));
    }
    return all;
  }

  /** Refuses a field unless it has a value that asks for nothing. */
  void refuse(String field, List<String> harmless, String why) {
    JsonNode value = any(field);
    if (value != null && !harmless.contains(value.toString())) {
      throw ApiException.unsupported(name(field), name(field) + " is not supported: " + why);
    }
  }

  /**
   * Refuses what was not read.
   *
   * @param ignored fields that may be there and change nothing
   */
  void refuseOthers(Set<String> ignored) {
    for (String field : object.propertyStream().map(java.util.Map.Entry::getKey).toList()) {
      if (!read.contains(field) && !ignored.contains(field)) {
        throw ApiException.unsupported(
            name(shown(field)),
            "unknown field \"" + name(shown(field)) + "\"" + NearestName.hint(field, read));
      }
    }
  }

  /** Returns an error that says what a field is and what it may be. */
  ApiException wrong(String field, JsonNode value, String what) {
    return ApiException.invalid(
        name(field), name(field) + " (" + shown(value.toString()) + ") must be " + what);
  }

  /** Returns a text of unknown origin as a message may show it: one short printable line. */
  static String shown(String text) {
    String line = text.replaceAll("\\P{Print}+", " ");
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "..";
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /** Returns an empty object. */
  static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
