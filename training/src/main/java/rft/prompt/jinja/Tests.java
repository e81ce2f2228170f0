package rft.prompt.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tests that may follow {@code is}. */
final class Tests {
  static final Builtins ALL =
      new Builtins("test")
          .add("defined", "", (value, it) -> !(value instanceof Undefined))
          .add("undefined", "", (value, it) -> value instanceof Undefined)
          .add("none", "", (value, it) -> value instanceof None)
          .add("boolean", "", (value, it) -> value instanceof Boolean)
          .add("true", "", (value, it) -> Boolean.TRUE.equals(value))
          .add("false", "", (value, it) -> Boolean.FALSE.equals(value))
          .add("string", "", (value, it) -> value instanceof String)
          .add("mapping", "", (value, it) -> value instanceof Map<?, ?>)
          .add("number", "", (value, it) -> value instanceof Number || value instanceof Boolean)
          .add("integer", "", (value, it) -> value instanceof Long)
          .add("float", "", (value, it) -> value instanceof Double)
          .add("callable", "", (value, it) -> value instanceof Callable)
          .add("iterable", "", (value, it) -> holdsElements(value) || value instanceof Undefined)
          .add("sequence", "", (value, it) -> holdsElements(value) || value instanceof Undefined)
          .add("odd", "", (value, it) -> remainder(value, 2) == 1)
          .add("even", "", (value, it) -> remainder(value, 2) == 0)
          .add("divisibleby", "num", (value, it) -> remainder(value, it.integer("num")) == 0)
          .add("eq", "other", (value, it) -> Operators.compare("==", value, it.get("other")))
          .add("ne", "other", (value, it) -> Operators.compare("!=", value, it.get("other")))
          .add("lt", "other", (value, it) -> Operators.compare("<", value, it.get("other")))
          .add("le", "other", (value, it) -> Operators.compare("<=", value, it.get("other")))
          .add("gt", "other", (value, it) -> Operators.compare(">", value, it.get("other")))
          .add("ge", "other", (value, it) -> Operators.compare(">=", value, it.get("other")))
          .add("in", "seq", (value, it) -> Operators.contains(it.get("seq"), value))
          .add("sameas", "other", (value, it) -> same(value, it.get("other")))
          .add("lower", "", (value, it) -> isCased(value, true))
          .add("upper", "", (value, it) -> isCased(value, false))
          .alias("equalto", "eq")
          .alias("==", "eq")
          .alias("!=", "ne")
          .alias("greaterthan", "gt")
          .alias("lessthan", "lt");

  private Tests() {}

  private static boolean holdsElements(Object value) {
    return value instanceof String || value instanceof List<?> || value instanceof Map<?, ?>;
  }

  private static long remainder(Object value, long divisor) {
    if (divisor == 0) {
      throw new JinjaException("division by zero");
    }
    return Math.floorMod(Values.integer(value, "what is divided"), divisor);
  }

  private static boolean same(Object value, Object other) {
    return value.getClass() == other.getClass() && Operators.equal(value, other);
  }

  private static boolean isCased(Object value, boolean lower) {
    String text = PythonText.str(value);
    String changed = lower ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT);
    return text.equals(changed) && text.codePoints().anyMatch(Character::isLetter);
  }
}
