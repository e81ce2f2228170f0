package rft.prompt.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Filters, tests or methods by name. */
final class Builtins {
  private final String kind;
  private final Map<String, Builtin> byName = new TreeMap<>();

  /**
   * Makes an empty table.
   *
   * @param kind what its entries are, in the singular
   */
  Builtins(String kind) {
    this.kind = kind;
  }

  /** Adds an entry; {@code parameters} are separated by spaces. */
  Builtins add(String name, String parameters, Builtin.Body body) {
    List<String> names = parameters.isEmpty() ? List.of() : List.of(parameters.split(" "));
    byName.put(name, new Builtin(kind + " " + name, names, body));
    return this;
  }

  /** Gives an entry a second name. */
  Builtins alias(String name, String existing) {
    byName.put(name, require(existing));
    return this;
  }

  Optional<Builtin> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns an entry, which must exist. */
  Builtin require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new JinjaException(
                    "the "
                        + kind
                        + " "
                        + name
                        + " is not supported; supported are "
                        + String.join(", ", byName.keySet())));
  }
}
