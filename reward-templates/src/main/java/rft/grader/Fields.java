package rft.grader;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.dataset.NearestName;

/** The fields of one object in a grader's JSON; notes those that are missing, unknown or wrong. */
final class Fields {
  private final GraderText text;
  private final JsonPointer place;
  private final String path;
  private final JsonNode node;

  private Fields(GraderText text, JsonPointer place, String path, JsonNode node) {
    this.text = text;
    this.place = place;
    this.path = path;
    this.node = node;
  }

  static Fields root(GraderText text, JsonNode node) {
    return new Fields(text, JsonPointer.empty(), "", node);
  }

  JsonNode node() {
    return node;
  }

  /** Returns what a message calls the object. */
  private String subject() {
    return path.isEmpty() ? "the grader" : path;
  }

  private String path(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  Fields field(String name) {
    return new Fields(text, place.appendProperty(name), path(name), node.path(name));
  }

  Fields element(int index) {
    return new Fields(text, place.appendIndex(index), path + "[" + index + "]", node.path(index));
  }

  List<Fields> elements() {
    List<Fields> elements = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      elements.add(element(i));
    }
    return elements;
  }

  /** Notes that this value is wrong. */
  void wrong(String why) {
    text.problem(place, subject() + " " + why);
  }

  /** Notes that this is none of the names, and which one is near, or else all of them. */
  void wrongChoice(String given, Collection<String> names) {
    String hint = NearestName.hint(given, names);
    wrong(
        "is \""
            + given
            + "\""
            + (hint.isEmpty() ? "; there are " + String.join(", ", names) : hint));
  }

  /** Returns whether this is an object; notes it if not. */
  boolean isObject() {
    if (!(node instanceof ObjectNode)) {
      wrong("must be an object, not " + kind(node));
      return false;
    }
    return true;
  }

  /** Notes required fields that are missing and fields that belong to neither list. */
  void allow(List<String> required, List<String> optional) {
    List<String> known = Stream.concat(required.stream(), optional.stream()).toList();
    List<String> missing = new ArrayList<>();
    required.stream().filter(name -> absent(name)).forEach(missing::add);
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      if (known.contains(name)) {
        continue;
      }
      List<String> open = known.stream().filter(other -> !node.has(other)).toList();
      Optional<String> meant = NearestName.of(name, open);
      meant.ifPresent(missing::remove);
      text.problemWithName(
          place.appendProperty(name),
          path(name)
              + " is no field of "
              + subject()
              + meant
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; its fields are " + String.join(", ", known)));
    }
    if (!missing.isEmpty()) {
      wrong(
          (missing.size() == 1 ? "lacks the field " : "lacks the fields ")
              + String.join(", ", missing));
    }
  }

  /** Returns whether a field is not there; an optional one may be null as well. */
  boolean absent(String name) {
    return node.path(name).isMissingNode() || node.path(name).isNull();
  }

  /** Returns a text, empty if it is absent; what is no text is noted. */
  String text(String name) {
    return absent(name) ? "" : field(name).asText();
  }

  String asText() {
    if (!node.isTextual()) {
      wrong("must be a string, not " + kind(node));
      return "";
    }
    return node.textValue();
  }

  @Nullable String textOrNull(String name) {
    return absent(name) ? null : text(name);
  }

  /** Returns a text that is not blank, once it is there. */
  String name(String field) {
    String name = text(field);
    if (!absent(field) && node.path(field).isTextual() && name.isBlank()) {
      field(field).wrong("is blank");
    }
    return name;
  }

  /** Returns a text after noting what is wrong with its placeholders. */
  String template(String name) {
    if (absent(name)) {
      return "";
    }
    return field(name).asTemplate();
  }

  String asTemplate() {
    String template = asText();
    try {
      Template.of(template);
    } catch (TemplateException e) {
      wrong("has a placeholder that cannot be read: " + e.getMessage());
    }
    return template;
  }

  @Nullable Double numberOrNull(String name) {
    return absent(name) ? null : field(name).asNumber();
  }

  double asNumber() {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      wrong("must be a number, not " + kind(node));
      return 0;
    }
    return node.doubleValue();
  }

  /** Returns one of the named choices, or null after noting that it is none. */
  <T> @Nullable T choice(String name, Map<String, T> choices) {
    String given = text(name);
    T found = choices.get(given);
    if (found == null && node.path(name).isTextual()) {
      field(name).wrongChoice(given, choices.keySet());
    }
    return found;
  }

  /** Returns the elements of an array; none, after noting it, if it is no array or empty. */
  List<Fields> array(String name) {
    Fields array = field(name);
    if (absent(name)) {
      return List.of();
    }
    if (!array.node.isArray() || array.node.isEmpty()) {
      array.wrong(array.node.isArray() ? "is empty" : "must be an array, not " + kind(array.node));
      return List.of();
    }
    return array.elements();
  }

  /** Returns an object, an empty one if it is absent; what is no object is noted. */
  ObjectNode object(String name) {
    if (absent(name) || !field(name).isObject()) {
      return GraderText.JSON.createObjectNode();
    }
    return (ObjectNode) node.path(name);
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      default -> "missing";
    };
  }

  /** Returns the choices of an enum by their names, in order. */
  static <T> Map<String, T> named(T[] values, Function<T, String> name) {
    Map<String, T> choices = new LinkedHashMap<>();
    for (T value : values) {
      choices.put(name.apply(value), value);
    }
    return choices;
  }
}
