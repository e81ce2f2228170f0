package rft.prompt.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template may call. */
final class Globals {
  private Globals() {}

  static void define(Scope scope) {
    scope.set("raise_exception", (Callable) Globals::raise);
    scope.set("strftime_now", (Callable) Globals::now);
    scope.set("namespace", (Callable) (arguments, caller) -> namespace(arguments));
    scope.set("dict", (Callable) (arguments, caller) -> mapping(arguments));
    scope.set("range", (Callable) (arguments, caller) -> range(arguments.positional()));
  }

  private static Object raise(Arguments arguments, Scope scope) {
    Bound bound = arguments.bind("raise_exception", List.of("message"));
    throw new JinjaException(
        "the template refuses the conversation: " + PythonText.str(bound.get("message")));
  }

  private static Object now(Arguments arguments, Scope scope) {
    Bound bound = arguments.bind("strftime_now", List.of("format"));
    return DateText.format(bound.text("format"), scope.rendering().clock());
  }

  private static Object namespace(Arguments arguments) {
    Namespace namespace = new Namespace();
    mapping(arguments)
        .forEach((name, value) -> namespace.attributes.put(PythonText.str(name), value));
    return namespace;
  }

  private static Map<Object, Object> mapping(Arguments arguments) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (Object argument : arguments.positional()) {
      if (!(argument instanceof Map<?, ?> given)) {
        throw Values.mismatch(argument, "the argument of dict and namespace", "a mapping");
      }
      map.putAll(given);
    }
    map.putAll(arguments.named());
    return map;
  }

  private static Object range(List<Object> bounds) {
    if (bounds.isEmpty() || bounds.size() > 3) {
      throw new JinjaException("range takes one to three numbers, not " + bounds.size());
    }
    long[] numbers =
        bounds.stream().mapToLong(bound -> Values.integer(bound, "the bound of range")).toArray();
    long start = numbers.length == 1 ? 0 : numbers[0];
    long stop = numbers.length == 1 ? numbers[0] : numbers[1];
    long step = numbers.length == 3 ? numbers[2] : 1;
    if (step == 0) {
      throw new JinjaException("the step of range must not be zero");
    }
    List<Object> range = new ArrayList<>();
    for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
      Limits.checkList(range.size() + 1L);
      range.add(i);
    }
    return range;
  }
}
