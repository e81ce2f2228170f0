package rft.prompt.jinja;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Python's operators on the values of templates. */
final class Operators {
  private Operators() {}

  /** Returns the result of {@code + - * / // % **}. */
  static Object arithmetic(String operator, Object left, Object right) {
    if (isNumber(left) && isNumber(right)) {
      return onNumbers(operator, number(left), number(right));
    }
    if (operator.equals("+") && left instanceof String first && right instanceof String second) {
      Limits.checkText((long) first.length() + second.length());
      return first + second;
    }
    if (operator.equals("+") && left instanceof List<?> first && right instanceof List<?> second) {
      Limits.checkList((long) first.size() + second.size());
      List<Object> joined = new ArrayList<>(first);
      joined.addAll(second);
      return joined;
    }
    if (operator.equals("*") && left instanceof String text && right instanceof Long times) {
      Limits.checkText(
          Math.max(times, 0) > Limits.MAX_TEXT ? times : text.length() * Math.max(times, 0));
      return text.repeat((int) Math.max(times, 0));
    }
    for (Object operand : List.of(left, right)) {
      if (operand instanceof Undefined undefined) {
        throw undefined.used();
      }
    }
    throw new JinjaException(
        "the operator "
            + operator
            + " does not work on "
            + Values.kind(left)
            + " and "
            + Values.kind(right)
            + (operator.equals("+") ? "; ~ joins any two values as text" : ""));
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static Number number(Object value) {
    return value instanceof Boolean flag ? (Number) (flag ? 1L : 0L) : (Number) value;
  }

  private static Object onNumbers(String operator, Number left, Number right) {
    boolean divides = operator.startsWith("/") || operator.equals("%");
    if (divides && right.doubleValue() == 0) {
      throw new JinjaException("division by zero");
    }
    if (left instanceof Long first && right instanceof Long second && !operator.equals("/")) {
      try {
        return onIntegers(operator, first, second);
      } catch (ArithmeticException e) {
        throw new JinjaException("the result of " + operator + " is beyond 64 bits");
      }
    }
    double a = left.doubleValue();
    double b = right.doubleValue();
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "//" -> Math.floor(a / b);
      case "%" -> a - b * Math.floor(a / b);
      default -> Math.pow(a, b);
    };
  }

  private static Object onIntegers(String operator, long left, long right) {
    return switch (operator) {
      case "+" -> Math.addExact(left, right);
      case "-" -> Math.subtractExact(left, right);
      case "*" -> Math.multiplyExact(left, right);
      case "//" -> Math.floorDiv(left, right);
      case "%" -> Math.floorMod(left, right);
      // 65 has the parity of any larger exponent, and is as far beyond 64 bits
      default ->
          right < 0
              ? (Object) Math.pow((double) left, (double) right)
              : BigDecimal.valueOf(left)
                  .pow((int) (right > 64 ? 64 + right % 2 : right))
                  .longValueExact();
    };
  }

  /** Returns whether {@code == != < <= > >= in} or {@code not in} holds. */
  static boolean compare(String operator, Object left, Object right) {
    return switch (operator) {
      case "==" -> equal(left, right);
      case "!=" -> !equal(left, right);
      case "in" -> contains(right, left);
      case "not in" -> !contains(right, left);
      case "<" -> order(left, right) < 0;
      case "<=" -> order(left, right) <= 0;
      case ">" -> order(left, right) > 0;
      default -> order(left, right) >= 0;
    };
  }

  static boolean equal(Object left, Object right) {
    return equal(left, right, new int[] {Limits.MAX_COMPARED});
  }

  /** Lists that hold each other many times have few parts but endless comparisons. */
  private static boolean equal(Object left, Object right, int[] budget) {
    if (budget[0]-- == 0) {
      throw new JinjaException("comparing takes more than " + Limits.MAX_COMPARED + " parts");
    }
    if (isNumber(left) && isNumber(right)) {
      return order(left, right) == 0;
    }
    if (left instanceof List<?> first && right instanceof List<?> second) {
      Iterator<?> others = second.iterator();
      return first.size() == second.size()
          && first.stream().allMatch(each -> equal(each, others.next(), budget));
    }
    if (left instanceof Map<?, ?> first && right instanceof Map<?, ?> second) {
      return first.keySet().equals(second.keySet())
          && first.entrySet().stream()
              .allMatch(
                  each ->
                      equal(
                          each.getValue(),
                          Objects.requireNonNull(second.get(each.getKey())),
                          budget));
    }
    return (left instanceof Undefined && right instanceof Undefined) || left.equals(right);
  }

  /** Returns the order of two values as {@link java.util.Comparator} does. */
  static int order(Object left, Object right) {
    if (left instanceof Long first && right instanceof Long second) {
      return Long.compare(first, second);
    }
    if (isNumber(left) && isNumber(right)) {
      return Double.compare(number(left).doubleValue(), number(right).doubleValue());
    }
    if (left instanceof String first && right instanceof String second) {
      return first.compareTo(second);
    }
    for (Object operand : List.of(left, right)) {
      if (operand instanceof Undefined undefined) {
        throw undefined.used();
      }
    }
    throw new JinjaException("cannot order " + Values.kind(left) + " and " + Values.kind(right));
  }

  static boolean contains(Object container, Object element) {
    if (container instanceof String text) {
      return text.contains(Values.text(element, "what is looked for in a text"));
    }
    if (container instanceof Map<?, ?> map) {
      return map.containsKey(Values.key(element));
    }
    return Values.elements(container).stream().anyMatch(each -> equal(each, element));
  }
}
