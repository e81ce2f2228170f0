package rft.command;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import rft.loop.Trainer;
import rft.run.Metric;
import rft.run.Point;
import rft.run.Report;
import rft.run.RunFolder;
import rft.run.RunReader;

/** What is said and written once a training has ended: the summary and the report. */
final class RunEnding {
  private final RunFolder folder;
  private final long start = System.nanoTime();

  RunEnding(RunFolder folder) {
    this.folder = folder;
  }

  TrainedRun summary(Trainer.Outcome outcome, long seed) throws IOException {
    try (RunReader reader = RunReader.open(folder)) {
      List<Point> validations = reader.metric(Metric.VALIDATION_ACCURACY.key());
      Report.write(reader, List.of());
      OptionalInt best = reader.checkpoints().best();
      return new TrainedRun(
          folder.id(),
          folder.path().toString(),
          seed,
          outcome.ending(),
          outcome.reason(),
          outcome.lastStep(),
          at(validations, 0),
          best.isEmpty() ? null : at(validations, best.getAsInt()),
          best.isEmpty() ? null : best.getAsInt(),
          (System.nanoTime() - start) / 1e9,
          next(outcome));
    }
  }

  private String next(Trainer.Outcome outcome) {
    return switch (outcome.ending()) {
      case FINISHED, STOPPED, DIVERGED -> "rft runs show " + folder.id();
      case INTERRUPTED -> "rft train --resume " + folder.id();
      case REWARD_FAILED ->
          "rft runs show " + folder.id() + " --step " + Math.max(1, outcome.lastStep());
    };
  }

  private static @Nullable Double at(List<Point> points, int step) {
    return points.stream()
        .filter(point -> point.step() == step)
        .map(Point::value)
        .findFirst()
        .orElse(null);
  }
}
