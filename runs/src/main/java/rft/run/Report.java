package rft.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A run as one HTML file that needs nothing else: no network, no script. Text from the policy is
 * hostile and is shown, never interpreted.
 */
public final class Report {
  private static final Map<String, Metric> CHARTS = charts();
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /**
   * One line of the table that compares the tuned policy with its base.
   *
   * @param measure what is compared, for example {@code accuracy, sampled, test split}
   * @param base value of the base policy, as it shall be read
   * @param tuned value of the tuned policy, as it shall be read
   */
  public record Comparison(String measure, String base, String tuned) {}

  private final RunReader run;
  private final RunHeader header;
  private final List<Comparison> comparisons;

  private Report(RunReader run, List<Comparison> comparisons) throws IOException {
    this.run = run;
    this.header = run.header();
    this.comparisons = List.copyOf(comparisons);
  }

  private static Map<String, Metric> charts() {
    Map<String, Metric> charts = new LinkedHashMap<>();
    charts.put("Reward", Metric.REWARD_MEAN);
    charts.put("Validation accuracy", Metric.VALIDATION_ACCURACY);
    charts.put("Entropy", Metric.ENTROPY);
    charts.put("Gradient norm", Metric.GRAD_NORM);
    charts.put("Completion length", Metric.COMPLETION_LENGTH_MEAN);
    charts.put("Mixed groups", Metric.GROUP_MIXED);
    return charts;
  }

  /**
   * Writes the report into the run's folder; it appears at once and whole.
   *
   * @param comparisons base against tuned policy; may be empty
   * @throws IOException if the run cannot be read or the report not written
   */
  public static void write(RunReader run, List<Comparison> comparisons) throws IOException {
    DurableFile.write(run.folder().reportFile(), html(run, comparisons));
  }

  /**
   * Returns the report.
   *
   * @param comparisons base against tuned policy; may be empty
   * @throws IOException if the run cannot be read
   */
  public static String html(RunReader run, List<Comparison> comparisons) throws IOException {
    return new Report(run, comparisons).page();
  }

  private String page() throws IOException {
    String name = HtmlText.escape(header.name());
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
        + " style-src 'unsafe-inline'\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
        + name
        + " - RFT Workbench</title>\n<style>\n"
        + style()
        + "</style></head>\n<body><main>\n"
        + title()
        + figures()
        + comparison()
        + chartSection()
        + new RolloutCards(run).html()
        + events()
        + otherMetrics()
        + origin()
        + "</main></body></html>\n";
  }

  private static String style() throws IOException {
    try (InputStream css = Report.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IOException("report.css is missing from the product: install it again");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String title() throws IOException {
    RunStatus status = run.status();
    return "<header class=\"top\"><p class=\"brand\">RFT Workbench</p><h1>"
        + HtmlText.escape(header.name())
        + " <span class=\"status "
        + status.jsonName()
        + "\">"
        + status.jsonName()
        + "</span></h1><p class=\"note\">"
        + HtmlText.escape(header.id())
        + ", started "
        + MINUTE.format(header.created())
        + "</p></header>\n";
  }

  private String figures() throws IOException {
    Map<String, Double> last = run.lastMetrics();
    StringBuilder html = new StringBuilder("<section class=\"figures\">\n");
    figure(html, "steps", run.lastStep() + " of " + header.options().loop().steps());
    change(html, "reward", Metric.REWARD_MEAN);
    change(html, "validation accuracy", Metric.VALIDATION_ACCURACY);
    Double speed = last.get(Metric.TOKENS_PER_SECOND.key());
    if (speed != null) {
      figure(html, "tokens per second", NumberText.of(speed));
    }
    figure(html, "time", span());
    return html.append("</section>\n").toString();
  }

  private void change(StringBuilder html, String label, Metric metric) throws IOException {
    List<Point> points = run.metric(metric.key());
    if (!points.isEmpty()) {
      String from = NumberText.of(points.get(0).value(), metric.unit());
      String to = NumberText.of(points.get(points.size() - 1).value(), metric.unit());
      figure(html, label, points.size() == 1 ? to : from + " \u2192 " + to);
    }
  }

  private static void figure(StringBuilder html, String label, String value) {
    html.append("<div><span class=\"value\">").append(HtmlText.escape(value));
    html.append("</span><span class=\"label\">").append(label).append("</span></div>\n");
  }

  private String span() throws IOException {
    List<RunEvent> events = run.events();
    if (events.isEmpty()) {
      return "0 s";
    }
    Instant end = events.get(events.size() - 1).at();
    long seconds = Math.max(0, Duration.between(events.get(0).at(), end).toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }

  private String comparison() {
    if (comparisons.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section><h2>Before and after</h2>\n");
    html.append("<table class=\"wide\"><thead><tr><th></th><th>base</th><th>tuned</th></tr>");
    html.append("</thead><tbody>\n");
    for (Comparison row : comparisons) {
      html.append("<tr><th>").append(HtmlText.escape(row.measure())).append("</th><td>");
      html.append(HtmlText.escape(row.base())).append("</td><td><strong>");
      html.append(HtmlText.escape(row.tuned())).append("</strong></td></tr>\n");
    }
    return html.append("</tbody></table></section>\n").toString();
  }

  private String chartSection() throws IOException {
    StringBuilder html = new StringBuilder();
    Map<String, List<Point>> series = new TreeMap<>();
    for (String key : run.series()) {
      series.put(key, run.metric(key));
    }
    RewardSeries reward = new RewardSeries(series);
    List<Integer> seams = reward.seams();
    CHARTS.forEach(
        (title, metric) -> {
          List<Point> points = series.getOrDefault(metric.key(), List.of());
          if (LineChart.isDrawable(points)) {
            html.append(LineChart.of(title, metric, points, seams).html());
          }
        });
    lines(html, "Parts of the reward", "reward", "mean of each part", reward.parts(), seams);
    String failed = "rollouts of a step whose reward failed, by kind";
    lines(html, "Failed rewards", "rollouts", failed, reward.failures(), seams);
    return html.isEmpty()
        ? ""
        : "<section><h2>Course of the run</h2>\n<div class=\"charts\">\n"
            + html
            + "</div></section>\n";
  }

  private static void lines(
      StringBuilder html,
      String title,
      String unit,
      String meaning,
      Map<String, List<Point>> lines,
      List<Integer> seams) {
    if (lines.values().stream().anyMatch(LineChart::isDrawable)) {
      html.append(new LineChart(title, unit, meaning, lines, seams).html());
    }
  }

  private String events() throws IOException {
    StringBuilder html = new StringBuilder();
    int checkpoints = 0;
    for (RunEvent event : run.events()) {
      if (event.kind() == RunEvent.Kind.CHECKPOINT) {
        checkpoints++;
        continue;
      }
      html.append("<tr><td>").append(MINUTE.format(event.at())).append("</td><td>step ");
      html.append(event.step()).append("</td><td class=\"kind\">");
      html.append(event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
      html.append("</td><td>").append(HtmlText.escape(event.detail())).append("</td></tr>\n");
    }
    String note =
        checkpoints == 0
            ? ""
            : "<p class=\"note\">"
                + NumberText.counted(checkpoints, "checkpoint")
                + " written.</p>\n";
    return "<section><h2>Events</h2>\n<table class=\"wide\"><tbody>\n"
        + html
        + "</tbody></table>\n"
        + note
        + "</section>\n";
  }

  private String otherMetrics() throws IOException {
    Set<String> charted = new TreeSet<>();
    CHARTS.values().forEach(metric -> charted.add(metric.key()));
    StringBuilder rows = new StringBuilder();
    for (Map.Entry<String, Double> entry : run.lastMetrics().entrySet()) {
      if (!charted.contains(entry.getKey())) {
        String unit = Metric.ofKey(entry.getKey()).map(Metric::unit).orElse("");
        rows.append("<tr><td><code>").append(HtmlText.escape(entry.getKey()));
        rows.append("</code></td><td class=\"number\">");
        rows.append(NumberText.of(entry.getValue(), unit)).append("</td><td>");
        rows.append(HtmlText.escape(Metric.meaningOf(entry.getKey()))).append("</td></tr>\n");
      }
    }
    return rows.isEmpty()
        ? ""
        : "<section><h2>Every other metric, at its last step</h2>\n<table class=\"wide\"><tbody>\n"
            + rows
            + "</tbody></table></section>\n";
  }

  private String origin() {
    Map<String, String> rows = new LinkedHashMap<>();
    RunInputs inputs = header.options().inputs();
    rows.put(
        "Model",
        inputs.model() + ", " + NumberText.of((double) header.model().parameters()) + " weights");
    rows.put("Dataset", inputs.dataset() + " " + header.dataset().tasks());
    rows.put("Reward", header.rewardNames());
    RunHeader.RewardInfo check = header.check();
    if (check != null) {
      rows.put("Checked by", check.name());
    }
    rows.put("Method", header.options().method().jsonName());
    rows.put("Seed", Long.toString(header.options().seed()));
    String fork = header.forkedFrom();
    if (fork != null) {
      rows.put("Forked from", fork);
    }
    RunHeader.Machine machine = header.machine();
    rows.put(
        "Machine", machine.os() + ", " + machine.cpus() + " processors, Java " + machine.java());
    rows.put("Engine", machine.engine() + " on " + inputs.device());
    rows.put("Product", header.version());
    StringBuilder html =
        new StringBuilder("<section><h2>Origin</h2>\n<table class=\"wide\"><tbody>");
    rows.forEach(
        (label, value) -> {
          html.append("<tr><th>").append(label).append("</th><td>");
          html.append(HtmlText.escape(value)).append("</td></tr>\n");
        });
    html.append("</tbody></table>\n<details><summary>Every option and hash</summary><pre>");
    html.append(HtmlText.escape(header.toJson()));
    return html.append("</pre></details></section>\n").toString();
  }
}
