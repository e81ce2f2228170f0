package rft.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.command.RunRequest;
import rft.command.RunsExport;
import rft.command.RunsList;
import rft.command.RunsShow;
import rft.reward.Failure;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.Point;
import rft.run.RunEvent;
import rft.run.RunHeader;
import rft.run.RunStatus;
import rft.run.StoredRollout;

/** Prints the results of the verbs about runs. */
final class RunViews {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());
  private static final String SHADES = " .:-=+*#%@";
  private static final int SPARK_WIDTH = 32;

  private RunViews() {}

  static void list(RunsList.Runs runs, Terminal terminal) {
    if (runs.runs().isEmpty()) {
      terminal.line("no runs in " + runs.home() + " yet: rft quickstart makes a first one");
      return;
    }
    Table table =
        new Table("llllrrr")
            .heading("run", "began", "status", "method", "step", "reward", "validation");
    for (RunsList.Row run : runs.runs()) {
      table.row(
          List.of(
              Line.of(run.id()),
              Line.of(TIME.format(run.created())),
              status(run.status()),
              Line.of(run.method() == null ? "" : run.method()),
              Line.of(run.steps() == 0 ? "" : run.step() + "/" + run.steps()),
              Line.of(number(run.reward())),
              Line.of(number(run.validation()))));
    }
    table.print(terminal);
    runs.runs().stream()
        .filter(run -> run.problem() != null)
        .forEach(run -> terminal.print(Line.of(Style.RED, run.id() + ": " + run.problem())));
  }

  private static Line status(RunStatus status) {
    Style style =
        switch (status) {
          case RUNNING, FINISHED -> Style.GREEN;
          case FAILED, DIVERGED, CRASHED, DAMAGED -> Style.RED;
          case PAUSED, STOPPED -> Style.PLAIN;
        };
    return Line.of(style, status.jsonName());
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : "%.3f".formatted(value);
  }

  static void show(RunsShow.Page page, Terminal terminal) {
    terminal.print(Line.of(Style.BOLD, page.header().id()).plus("  " + page.status().jsonName()));
    Table about = new Table("ll");
    about.row("began", TIME.format(page.header().created()));
    about.row("method", page.header().options().method().jsonName());
    about.row("model", page.header().options().inputs().model());
    about.row(
        "dataset",
        page.header().options().inputs().dataset() + " " + page.header().dataset().tasks());
    about.row("reward", page.header().rewardNames());
    RunHeader.RewardInfo check = page.header().check();
    if (check != null) {
      about.row("checked by", check.name());
    }
    about.row("seed", String.valueOf(page.header().options().seed()));
    about.row("step", page.lastStep() + " of " + page.header().options().loop().steps());
    about.row(
        "checkpoints",
        page.checkpoints()
            + (page.bestCheckpoint() == null ? "" : ", best " + page.bestCheckpoint()));
    if (page.header().forkedFrom() != null) {
      about.row("forked from", page.header().forkedFrom());
    }
    about.print(terminal);
    if (!page.failed().isEmpty()) {
      terminal.print(Line.of(Style.RED, "failed rewards: " + page.failed()));
    }
    if (page.rollouts().isEmpty()) {
      metrics(page.metrics(), terminal);
      events(page.events(), terminal);
    } else {
      rollouts(page.rollouts(), terminal);
    }
  }

  private static void metrics(Map<String, List<Point>> metrics, Terminal terminal) {
    terminal.line("");
    Table table = new Table("lrrrl").heading("metric", "first", "last", "steps", "course");
    metrics.forEach(
        (key, points) ->
            table.row(
                key + Metric.ofKey(key).map(metric -> " (" + metric.unit() + ")").orElse(""),
                value(points.get(0).value()),
                value(points.get(points.size() - 1).value()),
                String.valueOf(points.size()),
                course(points)));
    table.print(terminal);
  }

  private static String value(double value) {
    return "%.4g".formatted(value);
  }

  /**
   * Returns a row of shades, darker where the metric is higher; means of equally many steps each.
   */
  private static String course(List<Point> points) {
    int width = Math.min(SPARK_WIDTH, points.size());
    double[] means = new double[width];
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < width; i++) {
      int from = i * points.size() / width;
      int to = (i + 1) * points.size() / width;
      means[i] =
          points.subList(from, to).stream().mapToDouble(Point::value).average().orElse(Double.NaN);
      if (Double.isFinite(means[i])) {
        low = Math.min(low, means[i]);
        high = Math.max(high, means[i]);
      }
    }
    StringBuilder course = new StringBuilder();
    for (double mean : means) {
      int shade =
          high > low ? (int) Math.round((mean - low) / (high - low) * (SHADES.length() - 1)) : 0;
      course.append(Double.isFinite(mean) ? SHADES.charAt(shade) : '?');
    }
    return course.toString();
  }

  private static void events(List<RunEvent> events, Terminal terminal) {
    terminal.line("");
    Table table = new Table("lrll");
    for (RunEvent event : events) {
      table.row(
          TIME.format(event.at()),
          String.valueOf(event.step()),
          event.kind().name().toLowerCase(Locale.ROOT),
          event.detail());
    }
    table.print(terminal);
  }

  private static void rollouts(List<StoredRollout> rollouts, Terminal terminal) {
    String task = "";
    for (StoredRollout rollout : rollouts) {
      if (!task.equals(rollout.taskId())) {
        task = rollout.taskId();
        terminal.line("");
        terminal.print(Line.of(Style.BOLD, task));
        terminal.block("  ", rollout.prompt());
      }
      String said =
          rollout.verdict() instanceof Failure failure
              ? "  step %d  %s  "
                  .formatted(rollout.step(), failure.kind().name().toLowerCase(Locale.ROOT))
              : "  %7.3f  advantage %+.2f  ".formatted(rollout.reward(), rollout.advantage());
      terminal.print(Line.of(said).plus(rollout.text()).plus(Style.FAINT, reason(rollout)));
    }
  }

  private static String reason(StoredRollout rollout) {
    Optional<String> reason =
        Optional.ofNullable(
            rollout
                .verdict()
                .fold(
                    score -> score.reason(),
                    abstain -> abstain.reason(),
                    failure -> failure.detail()));
    return reason.map(text -> "  " + text).orElse("");
  }

  static void asked(RunRequest asked, Terminal terminal) {
    terminal.line(
        "asked run "
            + asked.run()
            + " to "
            + asked.command().jsonName()
            + ": it saves its last whole step and ends");
  }

  static void exported(RunsExport.Written written, Terminal terminal) {
    for (RunsExport.WrittenFile file : written.files()) {
      terminal.line(NumberText.counted(file.rows(), "row") + " written to " + file.file());
      file.problems()
          .forEach(problem -> terminal.print(Line.of(Style.RED, "left out: " + problem)));
    }
  }
}
