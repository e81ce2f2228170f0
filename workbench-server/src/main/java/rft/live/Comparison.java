package rft.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.lab.SourceDiff;
import rft.run.Metric;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunReader;
import rft.run.SeriesBucket;

/**
 * Runs side by side.
 *
 * @param runs the runs in the order asked for
 * @param options what differs
 * @param rewardDiffs how the reward of each other run differs from the first one's
 * @param groups runs that differ in nothing but their seed, together; a run alone is a group of one
 */
record Comparison(
    List<RunLine> runs,
    List<OptionRow> options,
    List<RewardDiff> rewardDiffs,
    List<SeedGroup> groups) {
  static final List<String> STANDARD_KEYS =
      List.of(Metric.REWARD_MEAN.key(), Metric.VALIDATION_ACCURACY.key());

  /**
   * An option that is not the same in all runs. Identities are options here: {@code
   * dataset.sha256}, {@code reward.sha256}, {@code model.sha256}.
   *
   * @param name its path, for example {@code optimizer.learningRate}
   * @param values its value in each run; null where a run lacks it
   */
  record OptionRow(String name, List<@Nullable JsonNode> values) {}

  /**
   * How a reward differs.
   *
   * @param from the first run
   * @param to the other run
   * @param unified a unified diff; empty if the sources are equal
   */
  record RewardDiff(String from, String to, String unified) {}

  /**
   * Runs that differ in their seed alone.
   *
   * @param runs their ids
   * @param seeds the seed of each
   * @param series by key
   */
  record SeedGroup(List<String> runs, List<Long> seeds, Map<String, SeedBand> series) {}

  /**
   * Compares runs.
   *
   * @param keys metrics to put together by seed
   * @param points about how many a series may have
   */
  static Comparison of(List<RunFolder> folders, List<String> keys, int points) throws IOException {
    List<RunReader> readers = new ArrayList<>();
    try {
      for (RunFolder folder : folders) {
        readers.add(RunReader.open(folder));
      }
      List<RunLine> lines = new ArrayList<>();
      List<Map<String, JsonNode>> identities = new ArrayList<>();
      for (RunReader reader : readers) {
        lines.add(reader.atOneMoment(RunGlance::line));
        identities.add(identity(reader.header()));
      }
      return new Comparison(
          lines, differing(identities), rewardDiffs(readers), groups(readers, keys, points));
    } finally {
      for (RunReader reader : readers) {
        reader.close();
      }
    }
  }

  private static Map<String, JsonNode> identity(RunHeader header) {
    Map<String, JsonNode> all = new LinkedHashMap<>(RunSetup.options(header));
    all.put("dataset.sha256", TextNode.valueOf(header.dataset().sha256()));
    all.put("reward.sha256", TextNode.valueOf(header.reward().sha256()));
    all.put("model.sha256", TextNode.valueOf(header.model().sha256()));
    return all;
  }

  private static List<OptionRow> differing(List<Map<String, JsonNode>> identities) {
    Set<String> names = new LinkedHashSet<>();
    identities.forEach(identity -> names.addAll(identity.keySet()));
    List<OptionRow> rows = new ArrayList<>();
    for (String name : names) {
      List<@Nullable JsonNode> values = new ArrayList<>();
      identities.forEach(identity -> values.add(identity.get(name)));
      if (values.stream().distinct().count() > 1) {
        rows.add(new OptionRow(name, values));
      }
    }
    return rows;
  }

  private static List<RewardDiff> rewardDiffs(List<RunReader> readers) throws IOException {
    List<RewardDiff> diffs = new ArrayList<>();
    for (RunReader other : readers.subList(Math.min(1, readers.size()), readers.size())) {
      RunReader first = readers.get(0);
      String from = source(first);
      String to = source(other);
      diffs.add(
          new RewardDiff(
              first.folder().id(),
              other.folder().id(),
              SourceDiff.unified(first.folder().id(), from, other.folder().id(), to)));
    }
    return diffs;
  }

  /** Returns the source of the reward that counts now, empty where it cannot be read. */
  private static String source(RunReader reader) throws IOException {
    List<RunPage.RewardSource> versions = RunPages.rewards(reader.folder(), reader.header());
    return Objects.requireNonNullElse(versions.get(versions.size() - 1).source(), "");
  }

  private static List<SeedGroup> groups(List<RunReader> readers, List<String> keys, int points)
      throws IOException {
    Map<Map<String, JsonNode>, List<RunReader>> alike = new LinkedHashMap<>();
    for (RunReader reader : readers) {
      Map<String, JsonNode> identity = identity(reader.header());
      identity.remove("seed");
      alike.computeIfAbsent(identity, key -> new ArrayList<>()).add(reader);
    }
    List<SeedGroup> groups = new ArrayList<>();
    for (List<RunReader> group : alike.values()) {
      int last = 0;
      List<String> ids = new ArrayList<>();
      List<Long> seeds = new ArrayList<>();
      for (RunReader reader : group) {
        last = Math.max(last, reader.lastStep());
        ids.add(reader.folder().id());
        seeds.add(reader.header().options().seed());
      }
      Map<String, SeedBand> series = new LinkedHashMap<>();
      for (String key : keys) {
        series.put(key, SeedBand.of(group, key, last, SeriesBucket.width(last + 1, points)));
      }
      groups.add(new SeedGroup(ids, seeds, series));
    }
    return groups;
  }
}
