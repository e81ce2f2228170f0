package rft.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion that is JSON of the row's schema, and nothing besides.
 *
 * <p>Pays 1 if it fits, else 0, and says where it does not. The schema is the option, or the row's
 * {@code schema}, {@code json_schema} or {@code response_format}, as OpenAI writes them too. It is
 * JSON Schema 2020-12 without {@code unevaluated..}, anchors, dynamic and remote references, which
 * are refused rather than passed over; {@code $ref} reaches into the schema itself. A task without
 * a schema is abstained from.
 *
 * <p>Does not catch wrong content of the right shape, and what a schema does not ask for: without
 * {@code required} and {@code minItems}, <code>{}</code> and <code>[]</code> earn full marks.
 * Formats such as {@code date} are not checked: use {@code pattern}.
 */
public final class JsonSchema implements RewardFunction {
  /** The schema for all tasks, as JSON; empty to take each task's own. */
  private static final String SCHEMA = "";

  /** What JSON that does not fit the schema is worth, 0 to 1. */
  private static final double JSON_ALONE = 0;

  private static final int DEEPEST = 100;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  // Keywords that ask for nothing, or are read with another.
  private static final Set<String> SILENT =
      Set.of(
          ("$schema $id $comment $defs definitions title description default examples deprecated"
                  + " readOnly writeOnly format contentEncoding contentMediaType contentSchema then"
                  + " else minContains maxContains")
              .split(" "));

  // Keywords under which the fault has a keyword of its own.
  private static final Set<String> LEADING =
      Set.of(
          ("$ref allOf if items prefixItems properties patternProperties additionalProperties"
                  + " propertyNames dependentSchemas dependentRequired")
              .split(" "));

  /** Makes the reward. */
  public JsonSchema() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    JsonNode schema = schema(task.attributes());
    if (!schema.isObject() && !schema.isBoolean()) {
      return new Abstain("the row has no schema");
    }
    JsonNode value;
    try {
      value = JSON.readTree(completion.text());
    } catch (JsonProcessingException | ArithmeticException e) {
      return Score.of(0, "no JSON, or not it alone");
    }
    if (value.isMissingNode()) {
      return Score.of(0, "no JSON");
    }
    Check check = new Check(schema);
    return check.fits(schema, value, "", 0)
        ? Score.of(1, "fits")
        : Score.of(JSON_ALONE, check.fault);
  }

  private static JsonNode schema(JsonNode row) {
    JsonNode wrapped = row.path("response_format").path("json_schema");
    JsonNode schema = wrapped.isMissingNode() ? row.path("json_schema") : wrapped;
    schema = schema.isMissingNode() ? row.path("schema") : schema;
    if (!SCHEMA.isEmpty()) {
      schema = JSON.getNodeFactory().textNode(SCHEMA);
    }
    try {
      schema = schema.isTextual() ? JSON.readTree(schema.textValue()) : schema;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the schema is no JSON: " + e.getOriginalMessage(), e);
    }
    return schema.path("schema").isObject() ? schema.path("schema") : schema;
  }

  /** Checks values against one schema, and knows the last fault it met. */
  private static final class Check {
    private final JsonNode root;
    private String fault = "";

    Check(JsonNode root) {
      this.root = root;
    }

    boolean fits(JsonNode schema, JsonNode value, String place, int depth) {
      if (depth > DEEPEST || !(schema.isObject() || schema.isBoolean())) {
        throw new IllegalArgumentException(
            depth > DEEPEST ? "the schema or the value nests too deep" : schema + " is no schema");
      }
      if (schema.isBoolean() && !schema.booleanValue()) {
        fault = "nothing may stand at " + (place.isEmpty() ? "/" : place);
      }
      for (Map.Entry<String, JsonNode> each : schema.properties()) {
        String word = each.getKey();
        JsonNode asked = each.getValue();
        if (!SILENT.contains(word) && !keeps(word, asked, schema, value, place, depth + 1)) {
          if (!LEADING.contains(word)) {
            fault = (place.isEmpty() ? "/" : place) + " is against " + word + " " + asked;
          }
          return false;
        }
      }
      return schema.isObject() || schema.booleanValue();
    }

    private boolean keeps(
        String word, JsonNode asked, JsonNode schema, JsonNode value, String place, int depth) {
      Predicate<JsonNode> takes = each -> fits(each, value, place, depth);
      return switch (word) {
        case "$ref" -> takes.test(target(asked.asText()));
        case "type" -> count(listed(asked), type -> isType(type.asText(), value)) > 0;
        case "enum" -> count(asked, each -> same(each, value)) > 0;
        case "const" -> same(asked, value);
        case "allOf" -> count(asked, takes) == asked.size();
        case "anyOf" -> count(asked, takes) > 0;
        case "oneOf" -> count(asked, takes) == 1;
        case "not" -> !takes.test(asked);
        case "if" -> {
          JsonNode next = schema.path(takes.test(asked) ? "then" : "else");
          yield next.isMissingNode() || takes.test(next);
        }
        case "minimum" -> !value.isNumber() || order(value, asked) >= 0;
        case "maximum" -> !value.isNumber() || order(value, asked) <= 0;
        case "exclusiveMinimum" -> !value.isNumber() || order(value, asked) > 0;
        case "exclusiveMaximum" -> !value.isNumber() || order(value, asked) < 0;
        case "multipleOf" -> !value.isNumber() || isMultiple(value, asked);
        case "minLength" ->
            !value.isTextual() || value.textValue().codePoints().count() >= asked.asInt();
        case "maxLength" ->
            !value.isTextual() || value.textValue().codePoints().count() <= asked.asInt();
        case "pattern" -> !value.isTextual() || found(asked.asText(), value.textValue());
        case "minItems" -> !value.isArray() || value.size() >= asked.asInt();
        case "maxItems" -> !value.isArray() || value.size() <= asked.asInt();
        case "uniqueItems" -> !value.isArray() || !asked.booleanValue() || allDiffer(value);
        case "contains" ->
            !value.isArray()
                || isBetween(schema, count(value, item -> fits(asked, item, place, depth)));
        case "prefixItems", "items" ->
            !value.isArray() || items(word, asked, schema, value, place, depth);
        case "minProperties" -> !value.isObject() || value.size() >= asked.asInt();
        case "maxProperties" -> !value.isObject() || value.size() <= asked.asInt();
        case "required" ->
            !value.isObject() || count(asked, name -> value.has(name.asText())) == asked.size();
        case "dependentRequired", "dependentSchemas" ->
            !value.isObject() || dependents(word, asked, schema, value, place, depth);
        case "properties", "patternProperties", "additionalProperties", "propertyNames" ->
            !value.isObject() || fields(word, asked, schema, value, place, depth);
        default ->
            throw new IllegalArgumentException(
                "the schema uses " + word + ", which this reward does not know");
      };
    }

    private boolean items(
        String word, JsonNode asked, JsonNode schema, JsonNode value, String place, int depth) {
      boolean tuple = word.equals("prefixItems");
      int to = tuple ? Math.min(asked.size(), value.size()) : value.size();
      for (int i = tuple ? 0 : schema.path("prefixItems").size(); i < to; i++) {
        if (!fits(tuple ? asked.path(i) : asked, value.path(i), place + "/" + i, depth)) {
          return false;
        }
      }
      return true;
    }

    private boolean dependents(
        String word, JsonNode asked, JsonNode schema, JsonNode value, String place, int depth) {
      String then = word.equals("dependentRequired") ? "required" : "allOf";
      return asked.properties().stream()
          .filter(each -> value.has(each.getKey()))
          .allMatch(each -> keeps(then, listed(each.getValue()), schema, value, place, depth));
    }

    private boolean fields(
        String word, JsonNode asked, JsonNode schema, JsonNode value, String place, int depth) {
      return value.properties().stream()
          .allMatch(
              field -> {
                String name = field.getKey();
                boolean ofName = word.equals("propertyNames");
                JsonNode checked = ofName ? JSON.getNodeFactory().textNode(name) : field.getValue();
                return schemas(word, asked, schema, name).stream()
                    .allMatch(each -> fits(each, checked, place + "/" + name, depth));
              });
    }

    /** Returns the schemas that a keyword has for the field of a name. */
    private static List<JsonNode> schemas(
        String word, JsonNode asked, JsonNode schema, String name) {
      if (word.equals("properties")) {
        return asked.has(name) ? List.of(asked.path(name)) : List.of();
      }
      List<JsonNode> byPattern =
          (word.equals("patternProperties") ? asked : schema.path("patternProperties"))
              .properties().stream()
                  .filter(each -> found(each.getKey(), name))
                  .map(Map.Entry::getValue)
                  .toList();
      boolean isKnown = schema.path("properties").has(name) || !byPattern.isEmpty();
      return switch (word) {
        case "patternProperties" -> byPattern;
        case "additionalProperties" -> isKnown ? List.of() : List.of(asked);
        default -> List.of(asked);
      };
    }

    private JsonNode target(String reference) {
      String fragment = URLDecoder.decode(reference.replace("+", "%2B"), StandardCharsets.UTF_8);
      boolean within = fragment.equals("#") || fragment.startsWith("#/");
      JsonNode target =
          within ? root.at(JsonPointer.compile(fragment.substring(1))) : root.path("\0");
      if (target.isMissingNode()) {
        throw new IllegalArgumentException("the schema has no " + reference + " to refer to");
      }
      return target;
    }

    private static boolean isBetween(JsonNode schema, int found) {
      return found >= schema.path("minContains").asInt(1)
          && found <= schema.path("maxContains").asInt(Integer.MAX_VALUE);
    }

    private static JsonNode listed(JsonNode node) {
      return node.isArray() ? node : JSON.createArrayNode().add(node);
    }

    private static int count(JsonNode nodes, Predicate<JsonNode> wanted) {
      int count = 0;
      for (JsonNode node : nodes) {
        count += wanted.test(node) ? 1 : 0;
      }
      return count;
    }

    private static boolean isType(String type, JsonNode value) {
      return type.equals("integer")
          ? value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0
          : value.getNodeType().name().equalsIgnoreCase(type);
    }

    private static int order(JsonNode value, JsonNode limit) {
      return value.decimalValue().compareTo(limit.decimalValue());
    }

    /** Numbers that are written with huge powers are none, rather than computed for hours. */
    private static boolean isMultiple(JsonNode value, JsonNode factor) {
      BigDecimal number = value.decimalValue();
      return Math.abs((long) number.scale()) < 1_000
          && number.remainder(factor.decimalValue()).signum() == 0;
    }

    private static boolean found(String pattern, String text) {
      return Pattern.compile(pattern).matcher(text).find();
    }

    private static boolean allDiffer(JsonNode values) {
      return count(values, one -> count(values, other -> same(one, other)) == 1) == values.size();
    }

    private static boolean same(JsonNode left, JsonNode right) {
      return left.equals(
          (a, b) ->
              a.isNumber() && b.isNumber()
                  ? a.decimalValue().compareTo(b.decimalValue())
                  : a.equals(b) ? 0 : 1,
          right);
    }
  }
}
