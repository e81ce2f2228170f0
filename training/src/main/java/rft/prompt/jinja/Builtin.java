package rft.prompt.jinja;

import java.util.List;

/**
 * A filter, a test or a method.
 *
 * @param name as in messages, for example {@code filter join}
 * @param parameters the names of its parameters after the value it works on
 */
record Builtin(String name, List<String> parameters, Body body) {
  /** What it does. */
  interface Body {
    Object apply(Object value, Bound arguments);
  }

  Object apply(Object value, Arguments arguments) {
    return body.apply(value, arguments.bind(name, parameters));
  }
}
