package rft.magic;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import rft.display.Shown;

/** Shows what magics there are, or what one does. */
@Command(
    name = "help",
    description = "List the magics, or say what one does.",
    footer = "  %help train")
final class HelpMagic implements CellCommand {
  /** What can be asked about. */
  static final class Known implements Iterable<String> {
    Known() {}

    @Override
    public Iterator<String> iterator() {
      return all().keySet().iterator();
    }
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      completionCandidates = Known.class,
      description = "A magic, without percent signs.")
  private List<String> names = new ArrayList<>();

  HelpMagic() {}

  @Override
  public Optional<Object> run(MagicCall call) {
    if (names.isEmpty()) {
      return Optional.of(list());
    }
    String name = names.get(0).replaceFirst("^%+", "");
    boolean cell = names.get(0).startsWith("%%");
    String second = names.size() > 1 ? names.get(1) : "";
    Shown page = page(name, cell, second);
    if (page == null) {
      throw call.wrong(
          names.get(0),
          "UnknownMagic",
          "there is no magic "
              + name
              + rft.dataset.NearestName.hint(name, all().keySet())
              + " (%help lists all)");
    }
    return Optional.of(page);
  }

  private static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>(MagicTable.names(false));
    all.putAll(MagicTable.names(true));
    return all;
  }

  /** Returns the page of a magic; null if there is none of this name. */
  static @Nullable Shown page(String name, boolean cell, String second) {
    List<String> subverbs = cell ? List.of() : MagicTable.subverbs(name);
    if (!subverbs.isEmpty() && !subverbs.contains(second)) {
      return group(name, subverbs);
    }
    return MagicTable.find(name, cell, second)
        .or(() -> MagicTable.find(name, !cell, second))
        .map(found -> HelpPage.of(MagicParser.of(found).spec()))
        .orElse(null);
  }

  private static Shown group(String name, List<String> subverbs) {
    List<List<String>> rows = new ArrayList<>();
    for (String subverb : subverbs) {
      MagicTable.find(name, false, subverb)
          .map(found -> MagicParser.of(found).spec())
          .ifPresent(spec -> rows.add(List.of(spec.name(), HelpPage.summary(spec))));
    }
    return HelpPage.ofAll(
        "%" + name, Map.of("Verbs", rows), "%" + name + " " + subverbs.get(0) + "? says more.");
  }

  private static Shown list() {
    Map<String, List<List<String>>> sections = new LinkedHashMap<>();
    sections.put("On a line", rows("%", MagicTable.names(false)));
    sections.put("Above the lines of a cell", rows("%%", MagicTable.names(true)));
    return HelpPage.ofAll("Magics", sections, "%NAME? says more about one; Tab completes.");
  }

  private static List<List<String>> rows(String sign, Map<String, String> names) {
    return names.entrySet().stream()
        .map(entry -> List.of(sign + entry.getKey(), entry.getValue()))
        .toList();
  }
}
