package rft.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One metric over steps as an inline SVG, with its numbers in a table behind it. */
final class LineChart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 220;
  private static final int LEFT = 58;
  private static final int RIGHT = 16;
  private static final int TOP = 14;
  private static final int BOTTOM = 30;
  private static final int MOST_POINTS = 600;
  private static final int DOTS_UP_TO = 60;
  private static final Set<String> TOLD_UNITS = Set.of("tokens", "nats", "seconds", "tokens/s");

  private final String title;
  private final Metric metric;
  private final List<Point> points;
  private final int stride;
  private final double low;
  private final double high;
  private final int first;
  private final int last;

  /** Takes the points of a metric by ascending step; at least one of them finite. */
  LineChart(String title, Metric metric, List<Point> all) {
    this.title = title;
    this.metric = metric;
    this.stride = (all.size() + MOST_POINTS - 1) / MOST_POINTS;
    this.points = thinned(all, stride);
    double[] finite = points.stream().mapToDouble(Point::value).filter(Double::isFinite).toArray();
    double smallest = finite[0];
    double largest = finite[0];
    for (double value : finite) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    double margin = (largest - smallest) * 0.08;
    double room = margin > 0 ? margin : Math.max(Math.abs(largest) * 0.1, 0.1);
    this.low = smallest >= 0 ? Math.max(0, smallest - room) : smallest - room;
    this.high = largest + room;
    this.first = points.get(0).step();
    this.last = points.get(points.size() - 1).step();
  }

  /** Returns true if there is anything to draw. */
  static boolean isDrawable(List<Point> points) {
    return points.stream().anyMatch(point -> Double.isFinite(point.value()));
  }

  private static List<Point> thinned(List<Point> all, int stride) {
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i % stride == 0 || i == all.size() - 1) {
        kept.add(all.get(i));
      }
    }
    return kept;
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
        + svg()
        + table()
        + "</figure>\n";
  }

  private String unit() {
    return TOLD_UNITS.contains(metric.unit()) ? ", in " + metric.unit() : "";
  }

  private String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s from step %d to %d\">",
            WIDTH,
            HEIGHT,
            HtmlText.escape(title),
            first,
            last));
    horizontalGrid(svg);
    stepLabels(svg);
    svg.append("<path class=\"line\" d=\"").append(line()).append("\"/>");
    if (points.size() <= DOTS_UP_TO) {
      dots(svg);
    }
    return svg.append("</svg>").toString();
  }

  private void horizontalGrid(StringBuilder svg) {
    double tick = tick((high - low) / 5);
    for (long i = (long) Math.ceil(low / tick); i * tick <= high; i++) {
      String y = coordinate(y(i * tick));
      svg.append("<path class=\"grid\" d=\"M").append(LEFT).append(' ').append(y);
      svg.append('H').append(WIDTH - RIGHT).append("\"/>");
      svg.append("<text class=\"y\" x=\"").append(LEFT - 8).append("\" y=\"").append(y);
      svg.append("\">").append(label(i * tick)).append("</text>");
    }
  }

  private String label(double value) {
    boolean share = metric.unit().equals("share");
    return share ? NumberText.of(value * 100) + " %" : NumberText.of(value);
  }

  private void stepLabels(StringBuilder svg) {
    long tick = Math.max(1, (long) tick((last - first) / 5.0));
    for (long step = (first + tick - 1) / tick * tick; step <= last; step += tick) {
      svg.append("<text class=\"x\" x=\"").append(coordinate(x(step)));
      svg.append("\" y=\"").append(HEIGHT - 8).append("\">").append(step).append("</text>");
    }
  }

  /** Returns 1, 2 or 5 times a power of ten, at least the given distance. */
  private static double tick(double atLeast) {
    if (!(atLeast > 0)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= atLeast) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Returns the path; a value that is not finite leaves a gap. */
  private String line() {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (Point point : points) {
      boolean finite = Double.isFinite(point.value());
      if (finite) {
        path.append(drawing ? 'L' : 'M').append(coordinate(x(point.step())));
        path.append(' ').append(coordinate(y(point.value())));
      }
      drawing = finite;
    }
    return path.toString();
  }

  private void dots(StringBuilder svg) {
    for (Point point : points) {
      if (Double.isFinite(point.value())) {
        svg.append("<circle class=\"dot\" r=\"2.5\" cx=\"").append(coordinate(x(point.step())));
        svg.append("\" cy=\"").append(coordinate(y(point.value()))).append("\"><title>step ");
        svg.append(point.step()).append(": ").append(NumberText.of(point.value(), metric.unit()));
        svg.append("</title></circle>");
      }
    }
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

  private double x(long step) {
    double share = last == first ? 0.5 : (double) (step - first) / (last - first);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM);
  }

  private static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
