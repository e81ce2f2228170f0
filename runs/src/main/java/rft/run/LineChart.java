package rft.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lines over steps as an inline SVG, with their numbers in a table behind it. */
final class LineChart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 220;
  private static final int MOST_POINTS = 600;
  private static final Set<String> TOLD_UNITS = Set.of("tokens", "nats", "seconds", "tokens/s");

  private final String title;
  private final String unit;
  private final String meaning;
  private final Map<String, List<Point>> lines = new LinkedHashMap<>();
  private final List<Integer> seams;
  private final int stride;

  /**
   * @param unit of the values, as in {@link Metric#unit}
   * @param meaning one sentence for the reader
   * @param lines points by ascending step, at least one of them finite, by what heads their column
   * @param seams steps from which on another reward counts
   */
  LineChart(
      String title,
      String unit,
      String meaning,
      Map<String, List<Point>> lines,
      List<Integer> seams) {
    this.title = title;
    this.unit = unit;
    this.meaning = meaning;
    this.seams = seams;
    this.stride =
        StepPlot.stride(lines.values().stream().mapToInt(List::size).max().orElse(0), MOST_POINTS);
    lines.forEach((name, all) -> this.lines.put(name, StepPlot.thinned(all, MOST_POINTS)));
  }

  /** Takes the points of a metric. */
  static LineChart of(String title, Metric metric, List<Point> points, List<Integer> seams) {
    return new LineChart(
        title, metric.unit(), metric.meaning(), Map.of(metric.key(), points), seams);
  }

  /** Returns true if there is anything to draw. */
  static boolean isDrawable(List<Point> points) {
    return points.stream().anyMatch(point -> Double.isFinite(point.value()));
  }

  /** Returns the chart as a figure with its table. */
  String html() {
    StepPlot plot = new StepPlot(title, unit, WIDTH, HEIGHT);
    int count = 0;
    for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
      String name = lines.size() == 1 ? title : line.getKey();
      plot.line(name, StepPlot.Ink.number(count++), line.getValue());
    }
    seams.forEach(plot::seam);
    return "<figure class=\"chart\"><figcaption><span class=\"what\">"
        + HtmlText.escape(title)
        + "</span><span class=\"now\">"
        + latest()
        + "</span><span class=\"why\">"
        + HtmlText.escape(meaning + (TOLD_UNITS.contains(unit) ? ", in " + unit : ""))
        + (seams.isEmpty() ? "" : "; dashed: a new version of the reward")
        + "</span></figcaption>"
        + plot.svg()
        + table()
        + "</figure>\n";
  }

  /** Returns the last values; those of several lines with their names, in their colours. */
  private String latest() {
    if (lines.size() == 1) {
      return last(lines.values().iterator().next());
    }
    int count = 0;
    StringBuilder html = new StringBuilder();
    for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
      html.append(count == 0 ? "" : " &#160; ").append("<span style=\"color:");
      html.append(StepPlot.Ink.number(count++).hex()).append("\">");
      html.append(HtmlText.escape(line.getKey())).append("</span> ").append(last(line.getValue()));
    }
    return html.toString();
  }

  private String last(List<Point> points) {
    return points.isEmpty() ? "" : NumberText.of(points.get(points.size() - 1).value(), unit);
  }

  private String table() {
    StringBuilder rows = new StringBuilder();
    String note = stride > 1 ? ", one value in " + stride : "";
    rows.append("<details><summary>Numbers").append(note).append("</summary>");
    rows.append("<div class=\"scroll\"><table class=\"numbers\"><thead><tr><th>step</th>");
    lines.keySet().forEach(key -> rows.append("<th>").append(HtmlText.escape(key)).append("</th>"));
    rows.append("</tr></thead><tbody>");
    Map<Integer, Map<String, String>> byStep = new TreeMap<>();
    lines.forEach(
        (key, points) ->
            points.forEach(
                point ->
                    byStep
                        .computeIfAbsent(point.step(), step -> new LinkedHashMap<>())
                        .put(key, NumberText.of(point.value(), unit))));
    byStep.forEach(
        (step, values) ->
            rows.append("<tr><td>")
                .append(step)
                .append("</td>")
                .append(cells(values))
                .append("</tr>"));
    return rows.append("</tbody></table></div></details>").toString();
  }

  private String cells(Map<String, String> values) {
    return lines.keySet().stream()
        .map(key -> "<td>" + values.getOrDefault(key, "") + "</td>")
        .collect(Collectors.joining());
  }
}
