package rft.prompt.jinja;

import java.util.List;

/**
 * What {@code set} and {@code for} assign to.
 *
 * @param names one variable, or several that share the elements of a list
 * @param attribute the attribute of a namespace that is assigned; empty to assign the variables
 */
record Target(int line, List<String> names, String attribute) {

  void assign(Object value, Scope scope) {
    try {
      if (!attribute.isEmpty()) {
        assignAttribute(value, scope);
      } else if (names.size() == 1) {
        scope.set(names.get(0), value);
      } else {
        assignEach(Values.elements(value), scope);
      }
    } catch (JinjaException e) {
      throw e.at(line);
    }
  }

  private void assignAttribute(Object value, Scope scope) {
    if (scope.get(names.get(0)) instanceof Namespace namespace) {
      namespace.attributes.put(attribute, value);
      return;
    }
    throw new JinjaException(
        names.get(0) + " must be a namespace to set its attribute " + attribute);
  }

  private void assignEach(List<Object> values, Scope scope) {
    if (values.size() != names.size()) {
      throw new JinjaException(
          "cannot share " + values.size() + " elements between " + String.join(", ", names));
    }
    for (int i = 0; i < names.size(); i++) {
      scope.set(names.get(i), values.get(i));
    }
  }
}
