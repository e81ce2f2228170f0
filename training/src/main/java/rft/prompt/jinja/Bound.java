package rft.prompt.jinja;

import java.util.Map;

/** Arguments by parameter name. */
record Bound(String callee, Map<String, Object> values) {
  boolean has(String name) {
    return values.containsKey(name);
  }

  Object get(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new JinjaException(callee + " lacks the argument " + name);
    }
    return value;
  }

  Object get(String name, Object standard) {
    return values.getOrDefault(name, standard);
  }

  String text(String name) {
    return Values.text(get(name), "the argument " + name + " of " + callee);
  }

  String text(String name, String standard) {
    return has(name) ? text(name) : standard;
  }

  long integer(String name) {
    return Values.integer(get(name), "the argument " + name + " of " + callee);
  }

  long integer(String name, long standard) {
    return has(name) ? integer(name) : standard;
  }

  boolean flag(String name) {
    return has(name) && Values.truth(get(name));
  }
}
