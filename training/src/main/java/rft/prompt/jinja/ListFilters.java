package rft.prompt.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The filters on lists and mappings. */
final class ListFilters {
  private ListFilters() {}

  static Builtins addTo(Builtins filters) {
    String sort = "reverse case_sensitive attribute";
    return filters
        .add("dictsort", "case_sensitive by reverse", ListFilters::sortedItems)
        .add("first", "", (value, it) -> end(value, true))
        .add("last", "", (value, it) -> end(value, false))
        .add("join", "d attribute", ListFilters::join)
        .add("length", "", (value, it) -> Values.length(value))
        .add("list", "", (value, it) -> Values.elements(value))
        .add("map", "filter attribute default", ListFilters::map)
        .add("max", "case_sensitive attribute", (value, it) -> extreme(value, it, -1))
        .add("min", "case_sensitive attribute", (value, it) -> extreme(value, it, 1))
        .add("reject", "test other", (value, it) -> chosen(value, passes(it).negate()))
        .add("rejectattr", "attribute test other", (value, it) -> chosen(value, has(it).negate()))
        .add("select", "test other", (value, it) -> chosen(value, passes(it)))
        .add("selectattr", "attribute test other", (value, it) -> chosen(value, has(it)))
        .add("sort", sort, (value, it) -> sorted(Values.elements(value), it))
        .add("sum", "attribute start", ListFilters::sum)
        .add("unique", "case_sensitive attribute", ListFilters::unique)
        .alias("count", "length");
  }

  private static Object end(Object value, boolean first) {
    List<Object> elements = Values.elements(value);
    return elements.isEmpty()
        ? new Undefined("there is no element in an empty " + Values.kind(value))
        : elements.get(first ? 0 : elements.size() - 1);
  }

  private static Object join(Object value, Bound arguments) {
    StringBuilder joined = new StringBuilder();
    String before = "";
    for (Object each : Values.elements(value)) {
      joined.append(before).append(PythonText.str(attribute(each, arguments)));
      Limits.checkText(joined.length());
      before = PythonText.str(arguments.get("d", ""));
    }
    return joined.toString();
  }

  /** Returns the attribute that the arguments name, or the element itself when they name none. */
  private static Object attribute(Object element, Bound arguments) {
    Object path = arguments.get("attribute", None.NONE);
    if (path instanceof None) {
      return element;
    }
    if (!(path instanceof String names)) {
      return Members.item(element, path);
    }
    Object value = element;
    for (String name : names.split("\\.")) {
      value = Members.item(value, name.matches("\\d+") ? (Object) Long.valueOf(name) : name);
    }
    return value;
  }

  private static Object map(Object value, Bound arguments) {
    List<Object> mapped = new ArrayList<>();
    for (Object each : Values.elements(value)) {
      if (arguments.has("filter")) {
        mapped.add(Filters.ALL.require(arguments.text("filter")).apply(each, Arguments.NONE));
      } else {
        arguments.get("attribute");
        Object found = attribute(each, arguments);
        mapped.add(found instanceof Undefined ? arguments.get("default", found) : found);
      }
    }
    return mapped;
  }

  private static Object chosen(Object value, Predicate<Object> wanted) {
    return new ArrayList<>(Values.elements(value).stream().filter(wanted).toList());
  }

  /** Returns the test that the arguments name; without one, whether a value is true. */
  private static Predicate<Object> passes(Bound arguments) {
    if (!arguments.has("test")) {
      return Values::truth;
    }
    Builtin test = Tests.ALL.require(arguments.text("test"));
    Arguments others =
        arguments.has("other")
            ? new Arguments(List.of(arguments.get("other")), Map.of())
            : Arguments.NONE;
    return value -> Values.truth(test.apply(value, others));
  }

  private static Predicate<Object> has(Bound arguments) {
    arguments.get("attribute");
    Predicate<Object> passes = passes(arguments);
    return element -> passes.test(attribute(element, arguments));
  }

  private static Comparator<Object> order(Bound arguments) {
    boolean exact = arguments.flag("case_sensitive");
    return (left, right) -> Operators.order(folded(left, exact), folded(right, exact));
  }

  private static Object folded(Object value, boolean exact) {
    return value instanceof String text && !exact ? text.toLowerCase(Locale.ROOT) : value;
  }

  private static List<Object> sorted(List<Object> elements, Bound arguments) {
    Comparator<Object> order =
        Comparator.comparing(element -> attribute(element, arguments), order(arguments));
    elements.sort(arguments.flag("reverse") ? order.reversed() : order);
    return elements;
  }

  private static Object sortedItems(Object value, Bound arguments) {
    int by = arguments.text("by", "key").equals("value") ? 1 : 0;
    List<Object> items = CollectionMethods.items(value);
    Comparator<Object> order =
        Comparator.comparing(item -> ((List<?>) item).get(by), order(arguments));
    items.sort(arguments.flag("reverse") ? order.reversed() : order);
    return items;
  }

  private static Object extreme(Object value, Bound arguments, int sign) {
    Comparator<Object> order =
        Comparator.comparing(element -> attribute(element, arguments), order(arguments));
    Object best = end(value, true);
    for (Object each : Values.elements(value)) {
      best = sign * order.compare(each, best) < 0 ? each : best;
    }
    return best;
  }

  private static Object sum(Object value, Bound arguments) {
    Object sum = arguments.get("start", 0L);
    for (Object each : Values.elements(value)) {
      sum = Operators.arithmetic("+", sum, attribute(each, arguments));
    }
    return sum;
  }

  private static Object unique(Object value, Bound arguments) {
    List<Object> unique = new ArrayList<>();
    List<Object> seen = new ArrayList<>();
    for (Object each : Values.elements(value)) {
      Object key = folded(attribute(each, arguments), arguments.flag("case_sensitive"));
      if (seen.stream().noneMatch(other -> Operators.equal(other, key))) {
        seen.add(key);
        unique.add(each);
      }
    }
    return unique;
  }
}
