package rft.loop;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Measures how long each stage of a step took. */
public final class Stopwatch {
  /** The stages that take time. */
  public enum Stage {
    ROLLOUT,
    REWARD,
    TRAIN
  }

  private final Map<Stage, Duration> laps = new EnumMap<>(Stage.class);
  private long last = System.nanoTime();

  /** Books the time since the last call on a stage. */
  void lap(Stage stage) {
    long now = System.nanoTime();
    laps.merge(stage, Duration.ofNanos(now - last), Duration::plus);
    last = now;
  }

  /** Returns the seconds booked on a stage. */
  double seconds(Stage stage) {
    return laps.getOrDefault(stage, Duration.ZERO).toNanos() / 1e9;
  }

  /** Returns the seconds booked on all stages. */
  double seconds() {
    return laps.values().stream().mapToLong(Duration::toNanos).sum() / 1e9;
  }
}
