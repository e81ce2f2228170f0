package rft.health;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import rft.run.Metric;
import rft.run.Point;
import rft.run.RunEvent;
import rft.run.RunHeader;
import rft.run.RunReader;
import rft.run.RunStatus;

/**
 * Looks at the health of one run again and again. It keeps the series it has read, so that a look
 * costs one small query per metric and a pass over numbers in memory. Safe for use by several
 * threads.
 */
public final class HealthWatch {
  /** The metrics that rules look at. */
  public static final Set<Metric> WATCHED =
      Set.of(
          Metric.REWARD_MEAN,
          Metric.REWARD_P10,
          Metric.REWARD_P90,
          Metric.REWARD_FAILED,
          Metric.REWARD_ABSTAINED,
          Metric.GROUP_ALL_BAD,
          Metric.GROUP_MIXED,
          Metric.GROUP_ALL_GOOD,
          Metric.ENTROPY,
          Metric.KL,
          Metric.CLIP_LOW,
          Metric.CLIP_HIGH,
          Metric.COMPLETION_LENGTH_MEAN,
          Metric.COMPLETION_TRUNCATED,
          Metric.DUPLICATES,
          Metric.LOSS,
          Metric.GRAD_NORM,
          Metric.UPDATE_SKIPPED,
          Metric.SAMPLER_LOGPROB_DIFFERENCE_MAX,
          Metric.SAMPLER_LOGPROB_DIFFERENCE_MEAN,
          Metric.VALIDATION_ACCURACY,
          Metric.VALIDATION_REWARD,
          Metric.VALIDATION_PARTED,
          Metric.TIME_REWARD_SECONDS,
          Metric.TIME_STEP_SECONDS);

  private final Clock clock;
  private final Map<Metric, Series> series = new EnumMap<>(Metric.class);
  private int generation = -1;
  private int read = -1;

  public HealthWatch() {
    this(Clock.systemUTC());
  }

  HealthWatch(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns the health of the run as it stands now.
   *
   * @param reader of the same run every time
   * @throws IOException if the run cannot be read
   */
  public synchronized HealthReport look(RunReader reader) throws IOException {
    if (reader.generation() != generation || read < 1) {
      series.clear();
      read = -1;
      generation = reader.generation();
    }
    int last = reader.lastStep();
    for (Metric metric : WATCHED) {
      List<Point> later =
          reader.metricAfter(metric.key(), read).stream().filter(p -> p.step() <= last).toList();
      series.merge(metric, Series.of(later), Series::plus);
    }
    read = last;
    Course course = new Course(facts(reader), Map.copyOf(series), reader::rolloutIndex);
    return HealthReport.of(reader.folder().id(), course);
  }

  private Course.Facts facts(RunReader reader) throws IOException {
    RunHeader header = reader.header();
    RunStatus status = reader.status();
    int tasks = header.options().validation().tasks();
    RunHeader.RewardInfo check = header.check();
    return new Course.Facts(
        header.options(),
        check != null && !check.sha256().equals(header.reward().sha256()),
        Math.min(tasks, header.dataset().tasks().getOrDefault("validation", tasks)),
        status,
        lastWord(reader.events()),
        header::rewardSince,
        status == RunStatus.RUNNING ? silence(reader) : Duration.ZERO,
        reader.checkpoints().steps());
  }

  private static String lastWord(List<RunEvent> events) {
    return events.stream()
        .filter(event -> event.kind().status().isPresent())
        .reduce((first, second) -> second)
        .map(RunEvent::detail)
        .orElse("");
  }

  private Duration silence(RunReader reader) throws IOException {
    return reader
        .lastHeartbeat()
        .map(beat -> Duration.between(beat, clock.instant()))
        .orElse(Duration.ZERO);
  }
}
