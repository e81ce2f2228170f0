package rft.display;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import rft.reward.Verdict;
import rft.run.NumberText;

/**
 * Any value on one line, in at most a few thousand characters. A value whose own text fails shows
 * the failure instead; values that hold themselves end at a fixed depth.
 */
final class Brief {
  private static final int DEPTH = 4;
  private static final int LONGEST = 2_000;

  private final StringBuilder text = new StringBuilder();

  private Brief() {}

  static String of(@Nullable Object value) {
    Brief brief = new Brief();
    brief.add(value, 0);
    return cut(brief.text.toString(), LONGEST);
  }

  /** Returns the text, or its beginning with a note of how much is left out. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + ".. and " + (text.length() - end) + " characters more";
  }

  /**
   * Returns what the value says of itself, or how that failed. A stop of the cell is no failure and
   * passes through.
   */
  static String own(Object value) {
    return guarded(() -> String.valueOf(value), "its toString() failed with ");
  }

  /** Returns the text, or how making it failed. */
  static String guarded(Supplier<String> text, String failed) {
    try {
      return String.valueOf(text.get());
    } catch (Throwable e) {
      refuseStop(e);
      return "(" + failed + problem(e) + ")";
    }
  }

  /** Returns the failure on one line; its own message may fail too. */
  static String problem(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    try {
      String message = failure.getMessage();
      return message == null ? name : name + ": " + message;
    } catch (Throwable e) {
      refuseStop(e);
      return name;
    }
  }

  /** Lets the death of the thread go on: it is how a running cell is stopped. */
  static void refuseStop(Throwable failure) {
    if (failure.getClass().getName().equals("java.lang.ThreadDeath")) {
      throw (Error) failure;
    }
  }

  private void add(@Nullable Object value, int depth) {
    if (text.length() > LONGEST) {
      return;
    }
    if (value == null) {
      text.append("null");
    } else if (value instanceof Double || value instanceof Float) {
      text.append(NumberText.of(((Number) value).doubleValue()));
    } else if (value instanceof Verdict verdict) {
      text.append(RewardViews.sentence(verdict));
    } else if (value instanceof Optional<?> optional) {
      add(optional.isPresent() ? optional.get() : "empty", depth);
    } else if (value instanceof BaseStream<?, ?>) {
      text.append("a stream, not read");
    } else if (depth < DEPTH && !(value instanceof JsonNode) && isNested(value)) {
      nested(value, depth);
    } else {
      text.append(own(value));
    }
  }

  private static boolean isNested(Object value) {
    return value instanceof Collection
        || value instanceof Map
        || value instanceof Record
        || value.getClass().isArray();
  }

  private void nested(Object value, int depth) {
    if (value instanceof Collection<?> values) {
      list(values, depth);
    } else if (value instanceof Map<?, ?> map) {
      String divider = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(divider);
        add(entry.getKey(), depth + 1);
        text.append('=');
        add(entry.getValue(), depth + 1);
        divider = ", ";
      }
      text.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof Record record) {
      record(record, depth);
    } else {
      array(value, depth);
    }
  }

  private void list(Iterable<?> values, int depth) {
    text.append('[');
    String divider = "";
    for (Object value : values) {
      text.append(divider);
      add(value, depth + 1);
      divider = ", ";
      if (text.length() > LONGEST) {
        break;
      }
    }
    text.append(']');
  }

  private void array(Object array, int depth) {
    text.append('[');
    int length = Array.getLength(array);
    for (int i = 0; i < length && text.length() <= LONGEST; i++) {
      text.append(i == 0 ? "" : ", ");
      add(Array.get(array, i), depth + 1);
    }
    text.append(']');
  }

  private void record(Record record, int depth) {
    text.append(record.getClass().getSimpleName()).append('[');
    String divider = "";
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      text.append(divider).append(component.getName()).append('=');
      add(component(record, component), depth + 1);
      divider = ", ";
    }
    text.append(']');
  }

  /** Returns a component's value, or how its accessor failed. */
  static @Nullable Object component(Record record, RecordComponent component) {
    try {
      var accessor = Objects.requireNonNull(component.getAccessor());
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (Throwable e) {
      refuseStop(e);
      Throwable cause = e.getCause() == null ? e : e.getCause();
      refuseStop(cause);
      return "(" + component.getName() + "() failed with " + problem(cause) + ")";
    }
  }
}
