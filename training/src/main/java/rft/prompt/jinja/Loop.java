package rft.prompt.jinja;

import java.util.List;
import java.util.Optional;

/** The variable {@code loop} inside a loop. */
final class Loop {
  private final List<Object> elements;
  private final long depth;
  private int index;
  private Object lastChecked = new Undefined("nothing was checked yet");

  Loop(List<Object> elements, long depth) {
    this.elements = elements;
    this.depth = depth;
  }

  void moveTo(int position) {
    index = position;
  }

  long depth() {
    return depth;
  }

  Optional<Object> attribute(String name) {
    int size = elements.size();
    return Optional.ofNullable(
        switch (name) {
          case "index" -> index + 1L;
          case "index0" -> (long) index;
          case "revindex" -> (long) size - index;
          case "revindex0" -> (long) size - index - 1;
          case "first" -> index == 0;
          case "last" -> index == size - 1;
          case "length" -> (long) size;
          case "depth" -> depth;
          case "depth0" -> depth - 1;
          case "previtem" -> element(index - 1);
          case "nextitem" -> element(index + 1);
          case "cycle" -> (Callable) (arguments, scope) -> cycle(arguments.positional());
          case "changed" -> (Callable) (arguments, scope) -> changed(arguments.positional());
          default -> null;
        });
  }

  private Object element(int position) {
    return position >= 0 && position < elements.size()
        ? elements.get(position)
        : new Undefined("the loop has no element there");
  }

  private Object cycle(List<Object> values) {
    if (values.isEmpty()) {
      throw new JinjaException("loop.cycle lacks its values");
    }
    return values.get(index % values.size());
  }

  private Object changed(List<Object> values) {
    boolean changed = !Operators.equal(lastChecked, values);
    lastChecked = values;
    return changed;
  }
}
