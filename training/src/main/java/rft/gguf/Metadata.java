package rft.gguf;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys and values of a GGUF file. */
final class Metadata {
  private final Refusal refusal;
  private final Map<String, Object> values;

  Metadata(Refusal refusal, Map<String, Object> values) {
    this.refusal = refusal;
    this.values = Map.copyOf(values);
  }

  /** Returns an exception that names the file. */
  IllegalArgumentException refused(String reason) {
    return refusal.of(reason);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<String> text(String key) {
    return value(key, String.class, "a text");
  }

  String requireText(String key) {
    return text(key).orElseThrow(() -> absent(key));
  }

  boolean flag(String key, boolean fallback) {
    return value(key, Boolean.class, "true or false").orElse(fallback);
  }

  /** Returns a whole number of 0 to 2^31 - 1. */
  Optional<Integer> integer(String key) {
    Optional<Long> value = value(key, Long.class, "a whole number");
    value.ifPresent(
        number -> {
          if (number < 0 || number > Integer.MAX_VALUE) {
            throw refused("has the value " + number + " for " + key + ", out of range");
          }
        });
    return value.map(Long::intValue);
  }

  int requireInteger(String key) {
    return integer(key).orElseThrow(() -> absent(key));
  }

  /** Returns a number, whole or not. */
  Optional<Double> number(String key) {
    return value(key, Number.class, "a number").map(Number::doubleValue);
  }

  double requireNumber(String key) {
    return number(key).orElseThrow(() -> absent(key));
  }

  /** Returns a list of texts. */
  Optional<List<String>> texts(String key) {
    return list(key, String.class, "texts");
  }

  /** Returns a list of whole numbers. */
  Optional<List<Long>> integers(String key) {
    return list(key, Long.class, "whole numbers");
  }

  /** Returns a list of numbers. */
  Optional<List<Double>> numbers(String key) {
    return list(key, Number.class, "numbers")
        .map(list -> list.stream().map(Number::doubleValue).toList());
  }

  private <T> Optional<List<T>> list(String key, Class<T> type, String what) {
    Optional<List<?>> found = value(key, List.class, "a list of " + what).map(list -> list);
    return found.map(
        list -> {
          if (!list.stream().allMatch(type::isInstance)) {
            throw refused("has something else than " + what + " in " + key);
          }
          return list.stream().<T>map(type::cast).toList();
        });
  }

  private <T> Optional<T> value(String key, Class<T> type, String what) {
    Object value = values.get(key);
    if (value != null && !type.isInstance(value)) {
      throw refused("has something else than " + what + " for " + key);
    }
    return Optional.ofNullable(value).map(type::cast);
  }

  private IllegalArgumentException absent(String key) {
    return refused("has no value for " + key + ", without which the model cannot be read");
  }
}
