package rft.grader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rft.dataset.NearestName;
import rft.reward.Failure;

/**
 * A text with placeholders such as {@code {{ item.answers[0].name }}}.
 *
 * <p>A value is put in as it is and never read as a template again, whatever it holds. A text is
 * put in as it is, any other JSON in its compact form: {@code 3.0} stays {@code 3.0}, an object
 * becomes {@code {"a":1}}.
 *
 * @param parts in order
 */
record Template(List<Part> parts) {
  private static final List<String> NAMESPACES = List.of("item", "sample");
  private static final Pattern OPENING = Pattern.compile("\\{\\{\\s*");
  private static final Pattern NAMESPACE = Pattern.compile("([A-Za-z_]\\w*)(?=\\s*(?:\\.|\\[|}}))");
  private static final Pattern STEP =
      Pattern.compile(
          "\\.([\\p{L}\\p{N}_$-]+)|\\[(\\d{1,9})]|\\[\"([^\"\\]]+)\"]|\\['([^'\\]]+)']");
  private static final Pattern CLOSING = Pattern.compile("\\s*}}");

  Template {
    parts = List.copyOf(parts);
  }

  /**
   * A text to copy, or a value to look up.
   *
   * @param text to copy; of a placeholder its path, for messages
   * @param steps from the namespace on, each a key or an index; empty for a text to copy
   */
  record Part(String text, List<Object> steps) {
    Part {
      steps = List.copyOf(steps);
    }

    boolean isPlaceholder() {
      return !steps.isEmpty();
    }

    /** Returns whether it looks into the response as JSON. */
    boolean readsJson() {
      return steps.size() > 1
          && steps.get(0).equals("sample")
          && steps.get(1).equals("output_json");
    }
  }

  /**
   * Returns the template of a text.
   *
   * @throws TemplateException if a placeholder is not closed, or names neither item nor sample
   */
  static Template of(String text) throws TemplateException {
    List<Part> parts = new ArrayList<>();
    Matcher opening = OPENING.matcher(text);
    int from = 0;
    int search = 0;
    while (opening.find(search)) {
      Matcher namespace = NAMESPACE.matcher(text).region(opening.end(), text.length());
      namespace.useTransparentBounds(true);
      search = opening.end();
      if (namespace.lookingAt()) {
        if (opening.start() > from) {
          parts.add(new Part(text.substring(from, opening.start()), List.of()));
        }
        int end = placeholder(text, opening.start(), namespace, parts);
        from = end;
        search = end;
      }
    }
    if (from < text.length()) {
      parts.add(new Part(text.substring(from), List.of()));
    }
    return new Template(parts);
  }

  /** Adds the placeholder that begins here and returns where it ends. */
  private static int placeholder(String text, int start, Matcher namespace, List<Part> parts)
      throws TemplateException {
    String name = namespace.group(1);
    if (!NAMESPACES.contains(name)) {
      throw new TemplateException(
          namespace.start() + 1,
          "a placeholder begins with item or sample, not "
              + name
              + NearestName.hint(name, NAMESPACES));
    }
    List<Object> steps = new ArrayList<>(List.of(name));
    int end = namespace.end();
    Matcher step = STEP.matcher(text);
    while (step.region(end, text.length()).lookingAt()) {
      steps.add(step(step));
      end = step.end();
    }
    Matcher closing = CLOSING.matcher(text).region(end, text.length());
    if (!closing.lookingAt()) {
      throw new TemplateException(
          end + 1, "after " + text.substring(start, end) + " comes neither a key nor }}");
    }
    if (steps.size() == 1) {
      throw new TemplateException(
          start + 1, "name a variable of " + name + ", as in {{ " + name + ".KEY }}");
    }
    parts.add(new Part(text.substring(namespace.start(), end), steps));
    return closing.end();
  }

  private static Object step(Matcher step) {
    if (step.group(2) != null) {
      return Integer.valueOf(step.group(2));
    }
    String key = step.group(1) != null ? step.group(1) : step.group(3);
    return key != null ? key : step.group(4);
  }

  /**
   * Returns the text with its values.
   *
   * @throws GradingException if a variable is not there; nothing is ever put in for it
   */
  String render(ObjectNode item, ObjectNode sample) throws GradingException {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(part.isPlaceholder() ? value(part, item, sample) : part.text());
    }
    return text.toString();
  }

  /** Returns a sentence for each variable of the row that it lacks. */
  List<String> missing(ObjectNode item) {
    List<String> missing = new ArrayList<>();
    for (Part part : parts) {
      if (part.isPlaceholder() && part.steps().get(0).equals("item")) {
        try {
          value(part, item, item);
        } catch (GradingException e) {
          missing.add(String.valueOf(e.getMessage()));
        }
      }
    }
    return missing;
  }

  private static String value(Part part, ObjectNode item, ObjectNode sample)
      throws GradingException {
    JsonNode node = part.steps().get(0).equals("item") ? item : sample;
    if (part.readsJson() && !sample.has("output_json")) {
      throw new GradingException(
          GraderError.SAMPLE_PARSE,
          Failure.Kind.UNREADABLE,
          "the response is no JSON, which {{ " + part.text() + " }} needs");
    }
    for (Object step : part.steps().subList(1, part.steps().size())) {
      JsonNode next = step instanceof Integer index ? node.path(index) : node.path((String) step);
      if (next.isMissingNode()) {
        throw new GradingException(
            GraderError.INVALID_VARIABLE,
            Failure.Kind.UNKNOWN_VARIABLE,
            "there is no {{ " + part.text() + " }}: " + reason(node, step));
      }
      node = next;
    }
    return node.isTextual() ? node.textValue() : node.toString();
  }

  private static String reason(JsonNode node, Object step) {
    if (step instanceof Integer index) {
      return node.isArray()
          ? "the list has " + node.size() + " elements, so no number " + index
          : "what is there is no list";
    }
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    if (!node.isObject()) {
      return "what is there has no keys, so no " + step;
    }
    String hint = NearestName.hint(String.valueOf(step), names);
    return "no key " + step + (hint.isEmpty() ? "; there are " + String.join(", ", names) : hint);
  }

  /** Returns the text if it has no placeholder, or null. */
  @Nullable String literal() {
    return parts.stream().anyMatch(Part::isPlaceholder)
        ? null
        : String.join("", parts.stream().map(Part::text).toList());
  }

  /** Returns whether a placeholder takes from this namespace. */
  boolean uses(String namespace) {
    return parts.stream()
        .anyMatch(part -> part.isPlaceholder() && part.steps().get(0).equals(namespace));
  }
}
