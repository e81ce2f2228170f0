package rft.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import rft.dataset.Message;
import rft.sample.EverydayTask.Draft;

/** A message of one of five kinds, and the schema of the object to write its fields as. */
final class Extraction {
  private static final Phrases PHRASES = Phrases.read("extraction.txt");
  private static final int OPENED_PERCENT = 35;
  private static final int CLOSED_PERCENT = 25;

  private static final List<Kind> KINDS =
      List.of(
          new Kind("invoice", List.of(text("company"), number("amount"))),
          new Kind("appointment", List.of(text("day"), text("time"))),
          new Kind("contact", List.of(text("name"), text("phone"))),
          new Kind("shipment", List.of(number("quantity"), text("item"))),
          new Kind("reservation", List.of(text("last"), number("guests"))));

  private record Field(String slot, boolean isNumber) {
    String name() {
      return slot.equals("last") ? "name" : slot;
    }
  }

  private record Kind(String name, List<Field> fields) {
    String schema() {
      return fields.stream()
          .map(field -> "\"" + field.name() + "\": " + (field.isNumber() ? "number" : "string"))
          .collect(Collectors.joining(", ", "{", "}"));
    }
  }

  private Extraction() {}

  static Draft draw(CounterRandom random) {
    Kind kind = random.pick(KINDS);
    Phrases.Draw draw = PHRASES.draw(random);
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    kind.fields().forEach(field -> put(field, draw, fields, random));
    String[] example = PHRASES.section(kind.name() + " example").get(0).split("\\|");
    String message =
        (random.percent(OPENED_PERCENT) ? draw.get("opening") + " " : "")
            + draw.fill(random.pick(PHRASES.section(kind.name())))
            + (random.percent(CLOSED_PERCENT) ? " " + draw.get("closing") : "");
    return new Draft(
        List.of(
            Message.system("Reply with JSON: " + kind.schema()),
            Message.user(example[0]),
            Message.assistant(example[1]),
            Message.user(message)),
        EverydayTask.hash(fields.toString()),
        fields,
        Map.of("kind", JsonNodeFactory.instance.textNode(kind.name())));
  }

  /** Draws a field's value, and how it stands in the message. */
  private static void put(Field field, Phrases.Draw draw, ObjectNode fields, CounterRandom random) {
    if (!field.isNumber()) {
      fields.put(field.name(), draw.get(field.slot()));
      return;
    }
    int value =
        switch (field.slot()) {
          case "amount" ->
              random.percent(30) ? random.between(1_000, 4_999) : random.between(15, 999);
          case "quantity" -> random.between(3, 240);
          default -> random.between(2, 14);
        };
    fields.put(field.name(), value);
    boolean grouped = value >= 1_000 && random.percent(50);
    draw.put(field.slot(), String.format(Locale.ROOT, grouped ? "%,d" : "%d", value));
  }

  private static Field text(String slot) {
    return new Field(slot, false);
  }

  private static Field number(String slot) {
    return new Field(slot, true);
  }
}
