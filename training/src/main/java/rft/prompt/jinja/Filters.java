package rft.prompt.jinja;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The filters that may follow {@code |}. */
final class Filters {
  static final Builtins ALL = ListFilters.addTo(textsAndNumbers());

  private Filters() {}

  private static Builtins textsAndNumbers() {
    return new Builtins("filter")
        .add("abs", "", (value, it) -> absolute(value))
        .add("capitalize", "", (value, it) -> PythonText.capitalize(PythonText.str(value)))
        .add("default", "default_value boolean", Filters::orDefault)
        .add("float", "default", Filters::toFloat)
        .add("indent", "width first blank", Filters::indent)
        .add("int", "default base", Filters::toInteger)
        .add("items", "", (value, it) -> CollectionMethods.items(value))
        .add("lower", "", (value, it) -> PythonText.str(value).toLowerCase(Locale.ROOT))
        .add("replace", "old new count", (value, it) -> replaced(value, it))
        .add("reverse", "", (value, it) -> reversed(value))
        .add("safe", "", (value, it) -> value)
        .add("string", "", (value, it) -> PythonText.str(value))
        .add("title", "", (value, it) -> TextMethods.title(PythonText.str(value)))
        .add("tojson", "ensure_ascii indent separators sort_keys", JsonText::write)
        .add("trim", "chars", Filters::trim)
        .add("upper", "", (value, it) -> PythonText.str(value).toUpperCase(Locale.ROOT))
        .alias("d", "default");
  }

  private static Object absolute(Object value) {
    return Operators.compare("<", value, 0L)
        ? Operators.arithmetic("-", 0L, value)
        : Operators.arithmetic("+", 0L, value);
  }

  private static Object orDefault(Object value, Bound arguments) {
    boolean absent =
        value instanceof Undefined || (arguments.flag("boolean") && !Values.truth(value));
    return absent ? arguments.get("default_value", "") : value;
  }

  private static Object trim(Object value, Bound arguments) {
    Builtin strip = TextMethods.ALL.require("strip");
    return strip.apply(PythonText.str(value), new Arguments(List.of(), arguments.values()));
  }

  private static String replaced(Object value, Bound arguments) {
    return TextMethods.replace(PythonText.str(value), arguments);
  }

  private static Object reversed(Object value) {
    return value instanceof String
        ? Slicing.slice(value, None.NONE, None.NONE, -1L)
        : turned(Values.elements(value));
  }

  private static List<Object> turned(List<Object> elements) {
    List<Object> turned = new ArrayList<>(elements);
    Collections.reverse(turned);
    return turned;
  }

  private static Object toInteger(Object value, Bound arguments) {
    return number(value, arguments, 0L, text -> new BigDecimal(text).longValue());
  }

  private static Object toFloat(Object value, Bound arguments) {
    return number(value, arguments, 0.0, Double::valueOf);
  }

  private static Object number(
      Object value, Bound arguments, Object standard, Function<String, Object> read) {
    if (arguments.has("base")) {
      throw new JinjaException(arguments.callee() + " does not support the argument base");
    }
    String text = value instanceof Boolean flag ? (flag ? "1" : "0") : PythonText.str(value);
    try {
      return read.apply(PythonText.strip(text));
    } catch (NumberFormatException e) {
      return arguments.get("default", standard);
    }
  }

  private static Object indent(Object value, Bound arguments) {
    Object width = arguments.get("width", 4L);
    String margin =
        width instanceof String text
            ? text
            : " ".repeat((int) Math.max(0, Math.min(Values.integer(width, "the width"), 100)));
    String[] lines = PythonText.str(value).split("\n", -1);
    StringBuilder indented = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      boolean wanted =
          i == 0 ? arguments.flag("first") : arguments.flag("blank") || !lines[i].isEmpty();
      indented.append(i == 0 ? "" : "\n").append(wanted ? margin : "").append(lines[i]);
      Limits.checkText(indented.length());
    }
    return indented.toString();
  }
}
