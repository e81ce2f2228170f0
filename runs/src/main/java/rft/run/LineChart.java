package rft.run;

import java.util.List;
import java.util.Set;

/** One metric over steps as an inline SVG, with its numbers in a table behind it. */
final class LineChart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 220;
  private static final int MOST_POINTS = 600;
  private static final Set<String> TOLD_UNITS = Set.of("tokens", "nats", "seconds", "tokens/s");

  private final String title;
  private final Metric metric;
  private final List<Point> points;
  private final int stride;

  /** Takes the points of a metric by ascending step; at least one of them finite. */
  LineChart(String title, Metric metric, List<Point> all) {
    this.title = title;
    this.metric = metric;
    this.stride = StepPlot.stride(all.size(), MOST_POINTS);
    this.points = StepPlot.thinned(all, MOST_POINTS);
  }

  /** Returns true if there is anything to draw. */
  static boolean isDrawable(List<Point> points) {
    return points.stream().anyMatch(point -> Double.isFinite(point.value()));
  }

  /** Returns the chart as a figure with its table. */
  String html() {
    Point latest = points.get(points.size() - 1);
    return "<figure class=\"chart\"><figcaption><span class=\"what\">"
        + HtmlText.escape(title)
        + "</span><span class=\"now\">"
        + NumberText.of(latest.value(), metric.unit())
        + "</span><span class=\"why\">"
        + HtmlText.escape(metric.meaning() + unit())
        + "</span></figcaption>"
        + new StepPlot(title, metric.unit(), WIDTH, HEIGHT)
            .line(title, StepPlot.Ink.TEAL, points)
            .svg()
        + table()
        + "</figure>\n";
  }

  private String unit() {
    return TOLD_UNITS.contains(metric.unit()) ? ", in " + metric.unit() : "";
  }

  private String table() {
    StringBuilder rows = new StringBuilder();
    String note = stride > 1 ? ", one value in " + stride : "";
    rows.append("<details><summary>Numbers").append(note).append("</summary>");
    rows.append("<div class=\"scroll\"><table class=\"numbers\"><thead><tr><th>step</th><th>");
    rows.append(HtmlText.escape(metric.key())).append("</th></tr></thead><tbody>");
    for (Point point : points) {
      rows.append("<tr><td>").append(point.step()).append("</td><td>");
      rows.append(NumberText.of(point.value(), metric.unit())).append("</td></tr>");
    }
    return rows.append("</tbody></table></div></details>").toString();
  }
}
