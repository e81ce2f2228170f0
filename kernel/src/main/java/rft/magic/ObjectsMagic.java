package rft.magic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import rft.cell.Variable;
import rft.display.Views;

/** Lists what has a name. */
@Command(
    name = "objects",
    description = "List the variables and the objects that options take by name.",
    footer = "  %objects")
final class ObjectsMagic implements CellCommand {
  private static final int LONGEST = 80;

  ObjectsMagic() {}

  /**
   * A named object.
   *
   * @param taken whether options of magics take it by its name
   */
  record Row(String name, String type, String value, boolean taken) {}

  @Override
  public Optional<Object> run(MagicCall call) {
    Map<String, Object> named = call.state().workspace().entries();
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Variable variable : call.state().java().variables()) {
      if (variable.name().startsWith("$")) {
        // The notebook's own.
        continue;
      }
      rows.put(
          variable.name(),
          new Row(
              variable.name(),
              variable.type(),
              brief(variable.value()),
              named.containsKey(variable.name())));
    }
    named.forEach(
        (name, value) ->
            rows.putIfAbsent(
                name, new Row(name, value.getClass().getSimpleName(), brief(value), true)));
    List<Row> list = new ArrayList<>(rows.values());
    return Optional.of(list.isEmpty() ? "nothing has a name yet" : list);
  }

  private static String brief(@Nullable Object value) {
    boolean isPlain = value instanceof Collection || value instanceof Map;
    String all = value == null || isPlain ? String.valueOf(value) : Views.text(value);
    String text = all.lines().findFirst().orElse("");
    return text.length() > LONGEST ? text.substring(0, LONGEST) + ".." : text;
  }
}
