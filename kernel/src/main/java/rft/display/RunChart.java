package rft.display;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import rft.command.Run;
import rft.run.Metric;
import rft.run.Point;
import rft.run.RewardSeries;
import rft.run.RunEvent;
import rft.run.RunReader;
import rft.run.RunStatus;
import rft.run.StepPlot;
import rft.run.StepPlot.Ink;

/**
 * The course of a run in charts: rewards, what its groups teach, entropy, divergence, length and
 * speed, with the latest values in words.
 */
public final class RunChart {
  private static final String PARTED =
      "reward and check part: the check fell while the reward did not";
  private static final int MOST_NUMBERS = 26;
  private static final List<Metric> NUMBERS =
      List.of(
          Metric.REWARD_MEAN,
          Metric.VALIDATION_ACCURACY,
          Metric.GROUP_MIXED,
          Metric.ENTROPY,
          Metric.KL,
          Metric.COMPLETION_LENGTH_MEAN);

  private final Course course;
  private final Shown state;
  private final boolean kept;

  private RunChart(Course course, Shown state, boolean kept) {
    this.course = course;
    this.state = state;
    this.kept = kept;
  }

  /** Returns the chart of a stored run, finished or not, as it is now. */
  public static RunChart of(Run run) throws IOException {
    try (RunReader reader = run.reader()) {
      return of(reader);
    }
  }

  /** Returns the chart of a run that the caller has open, as it is now. */
  public static RunChart of(RunReader reader) throws IOException {
    return new RunChart(Course.read(reader), ending(reader), true);
  }

  /** Returns the chart of a run that goes on, which the next chart replaces. */
  static RunChart live(Course course, Shown state) {
    return new RunChart(course, state, false);
  }

  /** Returns a chart that stays, of a run whose store cannot be read any more. */
  static RunChart last(Course course, Shown state) {
    return new RunChart(course, state, true);
  }

  /** Returns how the run ended or where it stands: one line. */
  static Shown ending(RunReader reader) throws IOException {
    RunStatus status = reader.status();
    List<RunEvent> events = reader.events();
    String detail = "";
    for (RunEvent event : events) {
      detail = event.kind().status().isPresent() ? event.detail() : detail;
    }
    Tone tone =
        switch (status) {
          case FINISHED, RUNNING -> Tone.GOOD;
          case PAUSED, STOPPED -> Tone.WARNING;
          case FAILED, DIVERGED, CRASHED, DAMAGED -> Tone.BAD;
        };
    String rest =
        " at step "
            + reader.lastStep()
            + " of "
            + reader.header().options().loop().steps()
            + (events.isEmpty() ? "" : ", " + time(events))
            + (isTold(status) || detail.isBlank() ? "" : ": " + detail);
    Shown word = tone.word(status.jsonName());
    Shown more = new Page().say(rest.strip()).shown();
    return new Shown(word.html() + " " + inline(more), word.text() + " " + more.text());
  }

  /** Returns true if the last event says no more than the status and the steps. */
  private static boolean isTold(RunStatus status) {
    return status == RunStatus.RUNNING || status == RunStatus.FINISHED;
  }

  private static String inline(Shown shown) {
    return shown.html().replaceAll("^<div>|</div>$", "");
  }

  private static String time(List<RunEvent> events) {
    Duration span = Duration.between(events.get(0).at(), events.get(events.size() - 1).at());
    return seconds(Math.max(0, span.toMillis() / 1e3)) + " of wall time";
  }

  /** Returns a span as a reader says it. */
  static String seconds(double seconds) {
    if (seconds < 1) {
      return Math.round(seconds * 1e3) + " ms";
    }
    if (seconds < 120) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  /** Returns the charts as HTML and the latest values as text. */
  public Shown shown() {
    List<Panel> panels = panels();
    StringBuilder html = new StringBuilder("<div>");
    Page head = new Page().heading(course.run(), "");
    boolean hasParted = course.last(Metric.VALIDATION_PARTED).orElse(0) == 1;
    if (hasParted) {
      head.trouble(PARTED);
    }
    html.append(head.shown().html()).append("<div>").append(state.html()).append("</div>");
    StringBuilder text = new StringBuilder(course.run()).append("  ").append(state.text());
    if (hasParted) {
      text.append('\n').append(PARTED);
    }
    html.append(Panel.grid(panels.stream().map(panel -> panel.html(kept)).toList()));
    panels.forEach(panel -> text.append('\n').append(panel.text()));
    if (kept && !panels.isEmpty()) {
      // As text: a table's styles, cell by cell, would be most of the update.
      Shown lines = new Page().block(numbers().shown().text()).shown();
      Shown numbers = new Page().folded("Numbers", lines).shown();
      html.append(numbers.html());
      text.append('\n').append(numbers.text());
    }
    return new Shown(html.append("</div>").toString(), text.toString());
  }

  private List<Panel> panels() {
    List<Panel> panels = new ArrayList<>(rewards());
    if (!course.points(Metric.GROUP_MIXED).isEmpty()) {
      panels.add(groups());
    }
    RewardSeries reward = new RewardSeries(course.series());
    panels.add(lines("Parts of the reward", "reward", reward.parts()));
    panels.add(lines("Failed rewards", "rollouts", reward.failures()));
    panels.add(single("Entropy per token", Metric.ENTROPY));
    panels.add(single("Divergence from the base (KL)", Metric.KL));
    panels.add(single("Length of completions", Metric.COMPLETION_LENGTH_MEAN));
    panels.add(single("Speed", Metric.TOKENS_PER_SECOND));
    List<Integer> seams = reward.seams();
    return panels.stream()
        .filter(Panel::isDrawable)
        .map(panel -> panel.until(course.steps()).seams(seams))
        .toList();
  }

  /** Returns rewards and validation in one chart where one scale suits both, else in two. */
  private List<Panel> rewards() {
    List<Point> mean = course.points(Metric.REWARD_MEAN);
    List<Point> low = course.points(Metric.REWARD_P10);
    List<Point> high = course.points(Metric.REWARD_P90);
    List<Point> validation = course.points(Metric.VALIDATION_ACCURACY);
    Panel rewards =
        new Panel("Reward", Metric.REWARD_MEAN.unit())
            .band("p10 to p90", Ink.TEAL, low, high)
            .line("mean", Ink.TEAL, Metric.REWARD_MEAN, mean);
    boolean isShare =
        Stream.of(mean, low, high)
            .flatMap(List::stream)
            .allMatch(point -> !(point.value() < -0.1 || point.value() > 1.1));
    if (isShare) {
      rewards.line("validation accuracy", Ink.ORANGE, Metric.VALIDATION_ACCURACY, validation);
      return List.of(rewards);
    }
    return List.of(
        rewards,
        new Panel("Validation accuracy", Metric.VALIDATION_ACCURACY.unit())
            .line("sampled", Ink.ORANGE, Metric.VALIDATION_ACCURACY, validation));
  }

  private Panel groups() {
    List<Point> bad = thinned(Metric.GROUP_ALL_BAD);
    List<Point> mixed = thinned(Metric.GROUP_MIXED);
    List<Point> good = thinned(Metric.GROUP_ALL_GOOD);
    Panel panel = new Panel("Groups", "share");
    if (bad.size() != mixed.size() || good.size() != mixed.size()) {
      return panel.line("mixed", Ink.GOLD, Metric.GROUP_MIXED, mixed);
    }
    List<Point> floor = mixed.stream().map(point -> new Point(point.step(), 0)).toList();
    List<Point> taught = sum(bad, mixed);
    return panel
        .layer("all bad", Ink.RED, floor, bad)
        .layer("mixed", Ink.GOLD, bad, taught)
        .layer("all good", Ink.BLUE, taught, sum(taught, good));
  }

  private List<Point> thinned(Metric metric) {
    return StepPlot.thinned(course.points(metric), Panel.MOST_POINTS);
  }

  private static List<Point> sum(List<Point> one, List<Point> other) {
    List<Point> sums = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      sums.add(new Point(one.get(i).step(), one.get(i).value() + other.get(i).value()));
    }
    return sums;
  }

  private static Panel lines(String title, String unit, Map<String, List<Point>> lines) {
    Panel panel = new Panel(title, unit);
    int count = 0;
    for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
      panel.line(line.getKey(), Ink.number(count++), Metric.REWARD_MEAN, line.getValue());
    }
    return panel;
  }

  private Panel single(String title, Metric metric) {
    return new Panel(title, metric.unit()).line("latest", Ink.TEAL, metric, course.points(metric));
  }

  private Sheet numbers() {
    List<Metric> measured =
        NUMBERS.stream().filter(metric -> !course.points(metric).isEmpty()).toList();
    List<String> headings = new ArrayList<>(List.of("step"));
    measured.forEach(metric -> headings.add(metric.key()));
    Sheet sheet = new Sheet(headings.toArray(String[]::new));
    List<Integer> steps =
        measured.stream()
            .flatMap(metric -> course.points(metric).stream())
            .map(Point::step)
            .distinct()
            .sorted()
            .toList();
    int stride = Math.max(1, (steps.size() + MOST_NUMBERS - 1) / MOST_NUMBERS);
    for (int i = 0; i < steps.size(); i++) {
      if (i % stride == 0 || i == steps.size() - 1) {
        sheet.row(values(steps.get(i), measured));
      }
    }
    return stride == 1 ? sheet : sheet.outOf(steps.size());
  }

  private Object[] values(int step, List<Metric> metrics) {
    List<Object> row = new ArrayList<>(List.of(step));
    for (Metric metric : metrics) {
      row.add(
          course.points(metric).stream()
              .filter(point -> point.step() == step)
              .<Object>map(Point::value)
              .findFirst()
              .orElse(""));
    }
    return row.toArray();
  }
}
