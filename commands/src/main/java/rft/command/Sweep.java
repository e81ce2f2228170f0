package rft.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.loop.Trainer;
import rft.run.Metric;
import rft.run.Point;

/**
 * The runs of a sweep side by side.
 *
 * @param options names of the options that vary, without dashes
 * @param rows one for each run, in the order trained
 */
public record Sweep(List<String> options, List<Row> rows) {
  public Sweep {
    options = List.copyOf(options);
    rows = List.copyOf(rows);
  }

  /**
   * One run.
   *
   * @param values of the options, by name
   * @param seed of its draws
   * @param run its id
   * @param ending how it ended
   * @param finalAccuracy last validation accuracy; null if none was measured
   * @param bestAccuracy best validation accuracy; null if none was measured
   * @param bestStep its step; null if none was measured
   * @param steps last whole step
   * @param seconds wall time of the training
   */
  public record Row(
      Map<String, String> values,
      long seed,
      String run,
      Trainer.Ending ending,
      @Nullable Double finalAccuracy,
      @Nullable Double bestAccuracy,
      @Nullable Integer bestStep,
      int steps,
      double seconds) {
    public Row {
      values = new LinkedHashMap<>(values);
    }

    static Row of(Map<String, String> values, TrainedRun run) throws IOException {
      List<Point> accuracy =
          new Run(run.id()).metrics().getOrDefault(Metric.VALIDATION_ACCURACY.key(), List.of());
      return new Row(
          values,
          run.seed(),
          run.id(),
          run.ending(),
          accuracy.isEmpty() ? null : accuracy.get(accuracy.size() - 1).value(),
          run.validationBest(),
          run.bestStep(),
          run.steps(),
          run.trainSeconds());
    }
  }
}
