package rft.prompt.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that a part of a template sees, and where its output goes. */
final class Scope {
  private final @Nullable Scope parent;
  private final Rendering rendering;
  private final StringBuilder output;
  private final Map<String, Object> variables = new HashMap<>();

  private Scope(@Nullable Scope parent, Rendering rendering, StringBuilder output) {
    this.parent = parent;
    this.rendering = rendering;
    this.output = output;
  }

  /** Returns the outermost scope of a rendering. */
  static Scope outermost(Rendering rendering) {
    return new Scope(null, rendering, new StringBuilder());
  }

  /** Returns a scope inside this one that writes to the same output. */
  Scope inner() {
    return new Scope(this, rendering, output);
  }

  /** Returns a scope inside this one with an output of its own. */
  Scope capturing() {
    return new Scope(this, rendering, new StringBuilder());
  }

  Rendering rendering() {
    return rendering;
  }

  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Object value = scope.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    return new Undefined("'" + name + "' is undefined");
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }

  void write(String text) {
    Limits.checkText((long) output.length() + text.length());
    output.append(text);
  }

  String output() {
    return output.toString();
  }
}
