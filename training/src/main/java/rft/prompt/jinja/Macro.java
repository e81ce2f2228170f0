package rft.prompt.jinja;

import java.util.List;
import java.util.Map;

/**
 * A named piece of a template with parameters.
 *
 * @param parameters their names, in order
 * @param defaults the values of parameters that may be left out
 */
record Macro(
    String name, List<String> parameters, Map<String, Expression> defaults, List<Statement> body) {

  /** Returns what a call of the macro does where it is defined. */
  Callable definedIn(Scope definition) {
    return (arguments, caller) -> {
      Bound bound = arguments.bind("the macro " + name, parameters);
      Scope inside = definition.capturing();
      for (String parameter : parameters) {
        Object missing = new Undefined("the macro " + name + " lacks the argument " + parameter);
        Expression standard = defaults.get(parameter);
        if (bound.has(parameter)) {
          inside.set(parameter, bound.get(parameter));
        } else {
          inside.set(parameter, standard == null ? missing : standard.value(inside));
        }
      }
      Statement.runAll(body, inside);
      return inside.output();
    };
  }
}
