package rft.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the last bits of a number depend on: the processor, its count of cores, among which sums are
 * divided, and the settings of the engine. A notebook keeps it in its metadata, as {@code
 * rft.made_on}.
 *
 * @param key short, for people to read and for equality; empty where it is not known
 */
record MadeOn(String key) {
  static final MadeOn UNKNOWN = new MadeOn("");

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Names in Linux's list of processors that tell one kind from another, x86 and ARM. */
  private static final List<String> KIND =
      List.of(
          "vendor_id", "cpu family", "model", "CPU implementer", "CPU architecture", "CPU part");

  /**
   * Returns what this machine is.
   *
   * @param engine the settings, by name
   */
  static MadeOn here(Map<String, String> engine) throws IOException {
    String info = Files.isReadable(CPU_INFO) ? Files.readString(CPU_INFO) : "";
    return of(info, Runtime.getRuntime().availableProcessors(), engine);
  }

  /**
   * Returns what a machine is.
   *
   * @param cpuInfo the text of Linux's {@code /proc/cpuinfo}; empty on other systems, where the
   *     name of the system and of the architecture stand for the processor
   */
  static MadeOn of(String cpuInfo, int cores, Map<String, String> engine) {
    Map<String, String> fields = new LinkedHashMap<>();
    cpuInfo
        .lines()
        .map(line -> line.split(":", 2))
        .filter(field -> field.length == 2)
        .forEach(field -> fields.putIfAbsent(field[0].strip(), field[1].strip()));
    String processor =
        KIND.stream().filter(fields::containsKey).map(fields::get).collect(Collectors.joining("/"));
    if (processor.isEmpty()) {
      processor = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
    }
    Stream<String> settings =
        new TreeMap<>(engine).entrySet().stream().map(set -> set.getKey() + "=" + set.getValue());
    return new MadeOn(
        Stream.concat(Stream.of(processor, cores + " cores"), settings)
            .collect(Collectors.joining(", ")));
  }

  /** Returns how outputs that were made on this are compared with those of another run. */
  Comparison comparisonWith(MadeOn now) {
    return equals(UNKNOWN) || equals(now) ? Comparison.LINES : Comparison.WORDS;
  }

  /** Returns a sentence that says how they are compared, and why. */
  String explained(MadeOn now) {
    if (comparisonWith(now) == Comparison.WORDS) {
      return "compared by their words, without numbers: the notebook's outputs were made on "
          + key
          + ", and this is "
          + now.key;
    }
    return equals(UNKNOWN)
        ? "compared line by line: the notebook does not say where its outputs were made"
        : "compared line by line: the notebook's outputs were made on the same processor, " + key;
  }
}
