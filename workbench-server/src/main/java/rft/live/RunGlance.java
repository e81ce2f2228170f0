package rft.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.run.Metric;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunReader;
import rft.run.RunStatus;
import rft.run.SeriesBucket;

/** A quick look into a run: what its line in the list says. No series is loaded whole. */
final class RunGlance {
  private static final int SPARK = 40;

  private RunGlance() {}

  /** Returns the line of a run without tags; empty for one that is just being created. */
  static Optional<RunLine> at(RunFolder folder) {
    if (!Files.exists(folder.headerFile()) && !Files.exists(folder.databaseFile())) {
      return Optional.empty();
    }
    try (RunReader reader = RunReader.open(folder)) {
      return Optional.of(reader.atOneMoment(RunGlance::line));
    } catch (IOException | RuntimeException e) {
      return folder.isBeingCreated() ? Optional.empty() : Optional.of(damaged(folder, e));
    }
  }

  /** Returns the line of a run that is open. */
  static RunLine line(RunReader run) throws IOException {
    RunHeader header = run.header();
    Owner owner = Owner.of(run.folder());
    Map<String, Double> last = run.lastMetrics();
    Map<String, Double> first = run.firstMetrics();
    String validation =
        last.containsKey(Metric.VALIDATION_ACCURACY.key())
            ? Metric.VALIDATION_ACCURACY.key()
            : Metric.VALIDATION_REWARD.key();
    int step = run.lastStep();
    return new RunLine(
        header.id(),
        header.name(),
        run.status().jsonName(),
        header.created().toString(),
        run.lastChange().map(Instant::toString).orElse(null),
        header.options().method().jsonName(),
        stem(header.options().inputs().dataset()),
        rewardNow(header),
        nameOf(header.model().path()),
        header.options().seed(),
        step,
        header.options().loop().steps(),
        finite(last.get(Metric.REWARD_MEAN.key())),
        finite(first.get(Metric.REWARD_MEAN.key())),
        finite(last.get(validation)),
        finite(first.get(validation)),
        spark(run.thinned(Metric.REWARD_MEAN.key(), 0, step, SeriesBucket.width(step + 1, SPARK))),
        List.of(),
        owner,
        null);
  }

  private static String rewardNow(RunHeader header) {
    List<RunHeader.RewardChange> changes = header.rewardChanges();
    return changes.isEmpty()
        ? header.reward().name()
        : changes.get(changes.size() - 1).reward().name();
  }

  private static String nameOf(String path) {
    Path name = Path.of(path).getFileName();
    return name == null ? path : name.toString();
  }

  private static String stem(String file) {
    String name = nameOf(file);
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static List<@Nullable Double> spark(List<SeriesBucket> buckets) {
    List<@Nullable Double> values = new ArrayList<>();
    buckets.forEach(bucket -> values.add(finite(bucket.last())));
    return values;
  }

  /** Returns null in place of no number, NaN and the infinities, which JSON lacks. */
  static @Nullable Double finite(@Nullable Double number) {
    return number == null || !Double.isFinite(number) ? null : number;
  }

  private static RunLine damaged(RunFolder folder, Exception problem) {
    RunHeader header;
    try {
      header = RunHeader.read(folder);
    } catch (IOException e) {
      header = null;
    }
    Instant created = header == null ? folder.lastChange() : header.created();
    return new RunLine(
        folder.id(),
        header == null ? folder.id() : header.name(),
        RunStatus.DAMAGED.jsonName(),
        created.toString(),
        null,
        header == null ? null : header.options().method().jsonName(),
        header == null ? null : stem(header.options().inputs().dataset()),
        header == null ? null : rewardNow(header),
        header == null ? null : nameOf(header.model().path()),
        header == null ? null : header.options().seed(),
        0,
        header == null ? 0 : header.options().loop().steps(),
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        String.valueOf(problem.getMessage()));
  }
}
