package rft.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import rft.sample.Exercise.Answer;

/** A sentence about a person or a sale, to be written as an object of three fields. */
final class JsonExtraction {
  private static final List<String> PERSONS =
      List.of(
          "%s is %s and lives in %s. Give name, age, city as JSON.",
          "%s, %s years old, from %s. Write JSON with name, age, city.",
          "My name is %s, I am %s and live in %s. JSON with name, age, city?");
  private static final List<String> SALES =
      List.of(
          "%2$s %1$s were sold at %3$s euros each. Give item, count, price as JSON.",
          "We sold %2$s %1$s for %3$s euros each. Write JSON with item, count, price.",
          "Price of %1$s: %3$s euros. Sold: %2$s. JSON with item, count, price?");

  private JsonExtraction() {}

  static Exercise draw(CounterRandom random) {
    boolean person = random.percent(50);
    ObjectNode fields = person ? person(random) : sale(random);
    Object[] values =
        fields.properties().stream().map(field -> field.getValue().asText()).toArray();
    String right = fields.toString();
    return new Exercise(
        String.format(Locale.ROOT, random.pick(person ? PERSONS : SALES), values),
        right,
        fields,
        List.of(
            new Answer("exact", 26, right),
            new Answer("quoted", 32, quoted(fields).toString()),
            new Answer("dropped", 18, dropped(fields, random).toString()),
            new Answer("prose", 14, "Here is the JSON: " + right),
            new Answer("unclosed", 10, right.substring(0, right.length() - 1))));
  }

  private static ObjectNode person(CounterRandom random) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    fields.put("name", random.pick(Words.NAMES)).put("age", random.between(18, 79));
    return fields.put("city", random.pick(Words.CITIES));
  }

  private static ObjectNode sale(CounterRandom random) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    fields.put("item", random.pick(Words.ITEMS)).put("count", random.between(2, 99));
    return fields.put("price", random.between(2, 49));
  }

  private static ObjectNode quoted(ObjectNode fields) {
    ObjectNode copy = fields.deepCopy();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (field.getValue() instanceof IntNode number) {
        copy.set(field.getKey(), TextNode.valueOf(number.asText()));
      }
    }
    return copy;
  }

  private static ObjectNode dropped(ObjectNode fields, CounterRandom random) {
    ObjectNode copy = fields.deepCopy();
    copy.remove(random.pick(List.copyOf(fields.properties())).getKey());
    return copy;
  }
}
