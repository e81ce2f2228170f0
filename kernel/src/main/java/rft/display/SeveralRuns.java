package rft.display;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.Point;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.run.RunStatus;
import rft.run.StepPlot.Ink;

/**
 * Several runs in one picture. Runs that differ in nothing but their seed become a band from the
 * lowest to the highest, with their mean; others a line each.
 */
final class SeveralRuns {
  private static final List<Metric> METRICS =
      List.of(Metric.REWARD_MEAN, Metric.VALIDATION_ACCURACY);
  private static final int MOST_LINES = 6;

  /** One run as it was read. */
  private record Member(Course course, RunHeader header, RunStatus status) {}

  private final List<Member> members = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  private SeveralRuns() {}

  /** Returns the picture; a run that cannot be read is named and left out. */
  static Shown of(RunHome home, List<String> ids) {
    SeveralRuns runs = new SeveralRuns();
    for (String id : ids) {
      try (RunReader reader = RunReader.open(home.open(id))) {
        runs.members.add(new Member(Course.read(reader), reader.header(), reader.status()));
      } catch (IOException | RuntimeException e) {
        runs.unreadable.add(id + " cannot be read: " + Brief.problem(e));
      }
    }
    return runs.shown();
  }

  private boolean differBySeedOnly() {
    return members.stream()
            .map(member -> member.header().options().withSeed(0).toJson())
            .distinct()
            .count()
        <= 1;
  }

  private Shown shown() {
    boolean seeds = members.size() > 1 && differBySeedOnly();
    Page page = new Page();
    String what = NumberText.counted(members.size(), seeds ? "seed" : "run");
    page.heading(what, seeds ? "the band reaches from the lowest to the highest" : "");
    List<String> charts = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Metric metric : METRICS) {
      Panel panel = seeds ? band(metric) : lines(metric);
      if (panel.isDrawable()) {
        charts.add(panel.html(true));
        lines.add(panel.text());
      }
    }
    page.add(new Shown(Panel.grid(charts), String.join("\n", lines)));
    if (seeds) {
      METRICS.forEach(metric -> page.add(spread(metric)));
    }
    page.add(table());
    unreadable.forEach(page::trouble);
    return page.shown();
  }

  private static String title(Metric metric) {
    return metric == Metric.REWARD_MEAN ? "Reward" : "Validation accuracy";
  }

  private Panel band(Metric metric) {
    List<Point> low = new ArrayList<>();
    List<Point> high = new ArrayList<>();
    List<Point> mean = new ArrayList<>();
    common(metric)
        .forEach(
            (step, values) -> {
              var all = values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
              low.add(new Point(step, all.getMin()));
              high.add(new Point(step, all.getMax()));
              mean.add(new Point(step, all.getAverage()));
            });
    return new Panel(title(metric), metric.unit())
        .band("all seeds", Ink.TEAL, low, high)
        .line("mean", Ink.TEAL, metric, mean);
  }

  /** Returns the values of all runs at each step at which all have a finite one. */
  private NavigableMap<Integer, List<Double>> common(Metric metric) {
    NavigableMap<Integer, List<Double>> values = new TreeMap<>();
    for (Member member : members) {
      for (Point point : member.course().points(metric)) {
        if (Double.isFinite(point.value())) {
          values.computeIfAbsent(point.step(), s -> new ArrayList<>()).add(point.value());
        }
      }
    }
    values.values().removeIf(all -> all.size() < members.size());
    return values;
  }

  private Panel lines(Metric metric) {
    Panel panel = new Panel(title(metric), metric.unit());
    for (int i = 0; i < Math.min(MOST_LINES, members.size()); i++) {
      Course course = members.get(i).course();
      panel.line(course.run(), Ink.number(i), metric, course.points(metric));
    }
    return panel;
  }

  /** Returns mean, standard deviation and range of the last common step, in a sentence. */
  private @Nullable Shown spread(Metric metric) {
    Map.Entry<Integer, List<Double>> last = common(metric).lastEntry();
    if (last == null) {
      return null;
    }
    int step = last.getKey();
    List<Double> values = last.getValue();
    var all = values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    double squares =
        values.stream().mapToDouble(v -> (v - all.getAverage()) * (v - all.getAverage())).sum();
    double std = Math.sqrt(squares / (values.size() - 1));
    String unit = metric.unit();
    return new Page()
        .say(
            "%s at step %d over %d seeds: %s, std %s, from %s to %s"
                .formatted(
                    title(metric).toLowerCase(Locale.ROOT),
                    step,
                    values.size(),
                    NumberText.of(all.getAverage(), unit),
                    NumberText.of(std, unit),
                    NumberText.of(all.getMin(), unit),
                    NumberText.of(all.getMax(), unit)))
        .shown();
  }

  private Sheet table() {
    Sheet sheet = new Sheet("run", "seed", "status", "step", "reward", "validation", "best");
    for (Member member : members) {
      Course course = member.course();
      var best = course.points(Metric.VALIDATION_ACCURACY).stream().mapToDouble(Point::value).max();
      sheet.row(
          course.run(),
          member.header().options().seed(),
          member.status().jsonName(),
          course.lastStep() + " of " + course.steps(),
          boxed(course.last(Metric.REWARD_MEAN)),
          boxed(course.last(Metric.VALIDATION_ACCURACY)),
          boxed(best));
    }
    return sheet;
  }

  private static @Nullable Double boxed(java.util.OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
