package rft.prompt.jinja;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Looks up attributes, items and methods. */
final class Members {
  private Members() {}

  /** Returns {@code object.name}: a method, an attribute or an item; else undefined. */
  static Object attribute(Object object, String name) {
    return find(object, name)
        .or(() -> method(object, name))
        .or(() -> mapped(object, name))
        .orElseGet(() -> missing(object, name));
  }

  /** Returns {@code object[key]}: an item, or an attribute or method of this name. */
  static Object item(Object object, Object key) {
    if (object instanceof Map<?, ?>) {
      return mapped(object, key)
          .or(() -> method(object, PythonText.str(key)))
          .orElseGet(() -> missing(object, key));
    }
    if (key instanceof Long || key instanceof Boolean) {
      if (object instanceof List<?> || object instanceof String) {
        return at(object, Values.integer(key, "the index"));
      }
    }
    return key instanceof String name ? attribute(object, name) : missing(object, key);
  }

  private static Object at(Object object, long index) {
    long size = Values.length(object);
    long position = index < 0 ? index + size : index;
    if (position < 0 || position >= size) {
      return new Undefined("there is no element " + index + " in " + size);
    }
    if (object instanceof List<?> list) {
      return Objects.requireNonNull(list.get((int) position));
    }
    String text = (String) object;
    return Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) position)));
  }

  private static Optional<Object> find(Object object, String name) {
    if (object instanceof Loop loop) {
      return loop.attribute(name);
    }
    return object instanceof Namespace namespace
        ? Optional.ofNullable(namespace.attributes.get(name))
        : Optional.empty();
  }

  private static Optional<Object> mapped(Object object, Object key) {
    return object instanceof Map<?, ?> map && map.containsKey(Values.key(key))
        ? Optional.of(Objects.requireNonNull(map.get(key)))
        : Optional.empty();
  }

  private static Optional<Object> method(Object object, String name) {
    Optional<Builtin> method =
        object instanceof String
            ? TextMethods.ALL.find(name)
            : object instanceof Map<?, ?>
                ? CollectionMethods.OF_MAPPINGS.find(name)
                : object instanceof List<?>
                    ? CollectionMethods.OF_LISTS.find(name)
                    : Optional.empty();
    return method.map(found -> (Callable) (arguments, scope) -> found.apply(object, arguments));
  }

  private static Object missing(Object object, Object name) {
    if (object instanceof Undefined undefined) {
      throw undefined.used();
    }
    String what = Values.kind(object) + " has no " + PythonText.repr(name);
    return new Undefined(object instanceof String ? what + " (as far as it is supported)" : what);
  }
}
