package rft.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Python's slices of lists and texts. */
final class Slicing {
  private Slicing() {}

  /** Returns {@code value[start:stop:step]}; a bound may be none. */
  static Object slice(Object value, Object start, Object stop, Object step) {
    if (!(value instanceof String || value instanceof List<?>)) {
      throw Values.mismatch(value, "what is sliced", "text or a list");
    }
    List<Object> elements = Values.elements(value);
    long by = step instanceof None ? 1 : Values.integer(step, "the step of a slice");
    if (by == 0) {
      throw new JinjaException("the step of a slice must not be zero");
    }
    int size = elements.size();
    long first = bound(start, by > 0 ? 0 : size - 1, size, by);
    long end = bound(stop, by > 0 ? size : -1, size, by);
    List<Object> slice = new ArrayList<>();
    for (long i = first; by > 0 ? i < end : i > end; i += by) {
      slice.add(elements.get((int) i));
    }
    return value instanceof String
        ? slice.stream().map(String.class::cast).collect(Collectors.joining())
        : slice;
  }

  private static long bound(Object bound, long standard, int size, long step) {
    if (bound instanceof None) {
      return standard;
    }
    long position = Values.integer(bound, "the bound of a slice");
    if (position < 0) {
      position += size;
    }
    long lowest = step > 0 ? 0 : -1;
    long highest = step > 0 ? size : size - 1;
    return Math.max(lowest, Math.min(position, highest));
  }
}
