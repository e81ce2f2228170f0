package rft.prompt.jinja;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of templates: {@link None}, {@link Undefined}, {@code Boolean}, {@code Long}, {@code
 * Double}, {@code String}, {@code List} (also for tuples), {@code Map}, {@link Namespace}, {@link
 * Loop} and {@link Callable}.
 */
final class Values {
  private Values() {}

  /** Returns a Java value as a value of templates. */
  static Object of(@Nullable Object value) {
    if (value == null) {
      return None.NONE;
    }
    if (value instanceof CharSequence || value instanceof Character || value instanceof Enum<?>) {
      return value.toString();
    }
    if (value instanceof Float || value instanceof Double || value instanceof BigDecimal) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return ((Number) value).longValue();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> copy.put(of(key), of(each)));
      return copy;
    }
    if (value instanceof Iterable<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(each -> copy.add(of(each)));
      return copy;
    }
    if (value instanceof Boolean || value instanceof Callable) {
      return value;
    }
    throw new IllegalArgumentException(
        "a template cannot use a "
            + value.getClass().getName()
            + ": pass text, numbers, booleans,"
            + " lists and maps");
  }

  /** Returns what kind of value this is, for messages. */
  static String kind(Object value) {
    if (value instanceof None) {
      return "none";
    } else if (value instanceof Boolean) {
      return "a boolean";
    } else if (value instanceof Number) {
      return "a number";
    } else if (value instanceof String) {
      return "text";
    } else if (value instanceof List<?>) {
      return "a list";
    } else if (value instanceof Map<?, ?>) {
      return "a mapping";
    } else {
      return value instanceof Undefined ? "undefined" : "an object";
    }
  }

  static boolean truth(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    } else if (value instanceof Number number) {
      return number.doubleValue() != 0;
    } else if (value instanceof String text) {
      return !text.isEmpty();
    } else if (value instanceof List<?> list) {
      return !list.isEmpty();
    } else if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    return !(value instanceof None || value instanceof Undefined);
  }

  static String text(Object value, String what) {
    if (value instanceof String text) {
      return text;
    }
    throw mismatch(value, what, "text");
  }

  static long integer(Object value, String what) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    throw mismatch(value, what, "an integer");
  }

  static JinjaException mismatch(Object value, String what, String wanted) {
    return value instanceof Undefined undefined
        ? undefined.used()
        : new JinjaException(what + " must be " + wanted + ", not " + kind(value));
  }

  /** Returns a value that may be the key of a mapping: neither a list nor a mapping. */
  static Object key(Object value) {
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      throw new JinjaException(kind(value) + " cannot be the key of a mapping");
    }
    return value;
  }

  /** Returns the elements of a list, the characters of a text or the keys of a mapping. */
  static List<Object> elements(Object value) {
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    } else if (value instanceof Map<?, ?> map) {
      return new ArrayList<>(map.keySet());
    } else if (value instanceof String text) {
      Limits.checkList(text.length());
      return new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
    } else if (value instanceof Undefined) {
      return new ArrayList<>();
    }
    throw new JinjaException("cannot loop over " + kind(value));
  }

  /** Returns the number of elements. */
  static long length(Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    } else if (value instanceof List<?> list) {
      return list.size();
    } else if (value instanceof Map<?, ?> map) {
      return map.size();
    } else if (value instanceof Undefined) {
      return 0;
    }
    throw new JinjaException(kind(value) + " has no length");
  }
}
