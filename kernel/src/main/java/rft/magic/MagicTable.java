package rft.magic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import rft.dataset.NearestName;

/** Every magic there is: those of the notebook itself, and one for each verb. */
final class MagicTable {
  private static final Map<String, Class<? extends CellCommand>> LINE = line();
  private static final Map<String, Class<? extends CellCommand>> CELL = cell();

  private MagicTable() {}

  private static Map<String, Class<? extends CellCommand>> line() {
    Map<String, Class<? extends CellCommand>> magics = new LinkedHashMap<>();
    magics.put("objects", ObjectsMagic.class);
    magics.put("whos", ObjectsMagic.class);
    magics.put("help", HelpMagic.class);
    magics.put("lsmagic", HelpMagic.class);
    magics.put("jobs", JobMagics.All.class);
    magics.put("wait", JobMagics.Wait.class);
    magics.put("stop", JobMagics.Stop.class);
    magics.put("time", TimeMagic.class);
    magics.put("reset", SessionMagics.Reset.class);
    magics.put("xmode", SessionMagics.Xmode.class);
    magics.put("params", ParamsMagic.class);
    magics.put("load", LoadMagic.class);
    magics.put("maven", MavenMagics.Add.class);
    magics.put("addMavenDependency", MavenMagics.Add.class);
    magics.put("addMavenDependencies", MavenMagics.Add.class);
    magics.put("mavenRepo", MavenMagics.Repository.class);
    magics.put("addMavenRepo", MavenMagics.Repository.class);
    magics.put("loadFromPOM", MavenMagics.Pom.class);
    magics.put("jars", ClassPathMagics.Jars.class);
    magics.put("classpath", ClassPathMagics.Paths.class);
    return magics;
  }

  private static Map<String, Class<? extends CellCommand>> cell() {
    Map<String, Class<? extends CellCommand>> magics = new LinkedHashMap<>();
    magics.put("reward", RewardMagic.class);
    magics.put("dataset", DatasetMagic.class);
    magics.put("time", TimeMagic.class);
    magics.put("bash", BashMagic.class);
    magics.put("sh", BashMagic.class);
    magics.put("loadFromPOM", MavenMagics.Pom.class);
    return magics;
  }

  /** Returns the names of line magics, or of cell magics, with what each does in a sentence. */
  static Map<String, String> names(boolean cell) {
    Map<String, String> names = new LinkedHashMap<>(cell ? Map.of() : VerbMagics.names());
    (cell ? CELL : LINE)
        .forEach(
            (name, type) -> names.put(name, type.getAnnotation(Command.class).description()[0]));
    return names;
  }

  /** Returns the words that may follow a line magic to name what it does. */
  static List<String> subverbs(String name) {
    return LINE.containsKey(name) ? List.of() : VerbMagics.subverbs(name);
  }

  /**
   * Returns what a magic stands for, whatever follows its name.
   *
   * @param second the word behind the name; empty if there is none
   */
  static Optional<FoundMagic> find(String name, boolean cell, String second) {
    Class<? extends CellCommand> own = (cell ? CELL : LINE).get(name);
    if (own != null) {
      return Optional.of(new FoundMagic((cell ? "%%" : "%") + name, own, 0, false));
    }
    return cell ? Optional.empty() : VerbMagics.find(name, second);
  }

  /**
   * Returns what a magic stands for.
   *
   * @param tokens behind the name
   * @throws MagicException if there is none of this name, naming the nearest
   */
  static FoundMagic require(Part.Magic magic, List<Token> tokens) {
    boolean hasSecond =
        !tokens.isEmpty() && !tokens.get(0).quoted() && !tokens.get(0).text().startsWith("-");
    String second = hasSecond ? tokens.get(0).text() : "";
    Optional<FoundMagic> found = find(magic.name(), magic.isCellMagic(), second);
    List<String> subverbs = magic.isCellMagic() ? List.of() : subverbs(magic.name());
    if (found.isPresent() && (found.get().words() > 0 || subverbs.isEmpty() || !hasSecond)) {
      return found.get();
    }
    Optional<String> meant = hasSecond ? NearestName.of(second, subverbs) : Optional.empty();
    if (found.isPresent() && meant.isEmpty()) {
      return found.get();
    }
    if (hasSecond && !subverbs.isEmpty()) {
      throw MagicException.at(
          tokens.get(0),
          "UnknownVerb",
          magic.title()
              + " has no "
              + second
              + meant.map(name -> "; did you mean " + name + "?").orElse("")
              + " (there are "
              + String.join(", ", subverbs)
              + ")");
    }
    throw unknown(magic, subverbs);
  }

  private static MagicException unknown(Part.Magic magic, List<String> subverbs) {
    if (!subverbs.isEmpty()) {
      return MagicException.at(
          magic,
          "MissingVerb",
          magic.title() + " needs one of " + String.join(", ", subverbs) + " behind it");
    }
    boolean cell = magic.isCellMagic();
    boolean other = names(!cell).containsKey(magic.name());
    String hint =
        other
            ? "; it is a " + (cell ? "line magic: %" : "cell magic: %%") + magic.name()
            : NearestName.of(magic.name(), allNames(cell))
                .map(name -> "; did you mean " + (cell ? "%%" : "%") + name + "?")
                .orElse(" (%help lists all)");
    return MagicException.at(magic, "UnknownMagic", "there is no magic " + magic.title() + hint);
  }

  private static List<String> allNames(boolean cell) {
    Set<String> all = new LinkedHashSet<>(names(cell).keySet());
    return new ArrayList<>(all);
  }
}
