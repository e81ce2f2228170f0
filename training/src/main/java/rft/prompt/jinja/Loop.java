package rft.prompt.jinja;

import java.util.List;
import java.util.Optional;

/**
 * The variable {@code loop} inside a loop. Its depth counts the recursions of one loop, which are
 * not supported, so it is always 1.
 */
final class Loop {
  private final List<Object> elements;
  private int index;
  private Object lastChecked = new Undefined("nothing was checked yet");

  Loop(List<Object> elements) {
    this.elements = elements;
  }

  void moveTo(int position) {
    index = position;
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
          case "depth" -> 1L;
          case "depth0" -> 0L;
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
