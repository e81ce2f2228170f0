package rft.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The methods of lists and mappings; none changes them, as in the sandbox of transformers. */
final class CollectionMethods {
  static final Builtins OF_MAPPINGS =
      new Builtins("method")
          .add("items", "", (map, it) -> items(map))
          .add("keys", "", (map, it) -> Values.elements(map))
          .add("values", "", (map, it) -> new ArrayList<Object>(((Map<?, ?>) map).values()))
          .add("get", "key default", CollectionMethods::get)
          .add("copy", "", (map, it) -> map);

  static final Builtins OF_LISTS =
      new Builtins("method")
          .add("count", "value", (list, it) -> count(list, it.get("value")))
          .add("index", "value", (list, it) -> index(list, it.get("value")))
          .add("copy", "", (list, it) -> list)
          .add("append", "value", CollectionMethods::refuse)
          .add("extend", "values", CollectionMethods::refuse)
          .add("insert", "index value", CollectionMethods::refuse)
          .add("pop", "index", CollectionMethods::refuse);

  private CollectionMethods() {}

  /** Returns the entries of a mapping, each as a list of key and value. */
  static List<Object> items(Object map) {
    List<Object> items = new ArrayList<>();
    if (map instanceof Map<?, ?> entries) {
      entries.forEach((key, value) -> items.add(List.of(key, value)));
    } else if (!(map instanceof Undefined)) {
      throw Values.mismatch(map, "what is listed by items", "a mapping");
    }
    return items;
  }

  private static Object get(Object map, Bound arguments) {
    Object value = ((Map<?, ?>) map).get(Values.key(arguments.get("key")));
    return value == null ? arguments.get("default", None.NONE) : value;
  }

  private static Object count(Object list, Object value) {
    return Values.elements(list).stream().filter(each -> Operators.equal(each, value)).count();
  }

  private static Object index(Object list, Object value) {
    List<Object> elements = Values.elements(list);
    for (int i = 0; i < elements.size(); i++) {
      if (Operators.equal(elements.get(i), value)) {
        return (long) i;
      }
    }
    throw new JinjaException(PythonText.repr(value) + " is not in the list");
  }

  private static Object refuse(Object list, Bound arguments) {
    throw new JinjaException(
        arguments.callee() + " changes a list, which templates may not: build a new list with +");
  }
}
