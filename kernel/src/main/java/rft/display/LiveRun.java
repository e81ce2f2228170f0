package rft.display;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rft.command.Progress;
import rft.run.Metric;
import rft.run.Point;

/** A run while it is trained: the numbers of its steps so far. Guarded by its owner. */
final class LiveRun {
  private final String id;
  private final int steps;
  private final Map<String, List<Point>> series = new TreeMap<>();

  LiveRun(String id, int steps) {
    this.id = id;
    this.steps = steps;
  }

  String id() {
    return id;
  }

  void add(Progress.Step step) {
    step.metrics()
        .forEach(
            (key, value) ->
                series
                    .computeIfAbsent(key, k -> new ArrayList<>())
                    .add(new Point(step.step(), value)));
  }

  /**
   * Returns its charts and where it stands.
   *
   * @param left what is said of the time that is left; may be empty
   */
  Shown shown(String left) {
    Course course = new Course(id, steps, series);
    int step = course.lastStep();
    String where = "step " + step + " of " + steps + (left.isEmpty() ? "" : ", " + left);
    String bar = ProgressLine.bar(step, steps);
    return RunChart.live(course, new Shown(bar + where, where)).shown();
  }

  /** Returns what is known of a run whose store cannot be read. */
  Shown lost(String problem) {
    Course course = new Course(id, steps, series);
    Shown state =
        new Page()
            .trouble(
                "ended after step " + course.lastStep() + "; its store cannot be read: " + problem)
            .shown();
    return RunChart.last(course, state).shown();
  }

  /** Returns its name and its latest accuracy. */
  String summary() {
    Course course = new Course(id, steps, series);
    var accuracy = course.last(Metric.VALIDATION_ACCURACY);
    return accuracy.isEmpty()
        ? id
        : id + " " + Panel.value(accuracy.getAsDouble(), Metric.VALIDATION_ACCURACY);
  }
}
