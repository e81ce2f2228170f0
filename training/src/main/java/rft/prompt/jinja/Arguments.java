package rft.prompt.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments of a call, a filter or a test. */
record Arguments(List<Object> positional, Map<String, Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  /**
   * Returns the arguments by the names of the parameters.
   *
   * @param callee what is called, for messages
   */
  Bound bind(String callee, List<String> parameters) {
    if (positional.size() > parameters.size()) {
      throw new JinjaException(
          callee + " takes at most " + parameters.size() + " arguments, not " + positional.size());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < positional.size(); i++) {
      values.put(parameters.get(i), positional.get(i));
    }
    named.forEach(
        (name, value) -> {
          if (!parameters.contains(name)) {
            throw new JinjaException(callee + " does not support the argument " + name);
          }
          if (values.putIfAbsent(name, value) != null) {
            throw new JinjaException(callee + " has the argument " + name + " twice");
          }
        });
    return new Bound(callee, values);
  }
}
