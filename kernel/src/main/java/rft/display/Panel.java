package rft.display;

import java.util.ArrayList;
import java.util.List;
import rft.run.HtmlText;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.Point;
import rft.run.StepPlot;

/** One chart with its title, its latest values and what its colours mean. */
final class Panel {
  /** More points than this say nothing more at this width, and cost bytes in every update. */
  static final int MOST_POINTS = 70;

  private static final String FULL = "&#9632;";
  private static final String BAND = "&#9618;";
  private static final int WIDTH = 320;
  private static final int HEIGHT = 170;

  private final String title;
  private final StepPlot plot;
  private final List<String> legend = new ArrayList<>();
  private final List<String> readings = new ArrayList<>();

  Panel(String title, String unit) {
    this.title = title;
    this.plot = new StepPlot(title, unit, WIDTH, HEIGHT);
  }

  /** Adds a metric as a line; without points, nothing. */
  Panel line(String name, StepPlot.Ink ink, Metric metric, List<Point> points) {
    if (!points.isEmpty()) {
      plot.line(name, ink, StepPlot.thinned(points, MOST_POINTS));
      mark(name, ink, FULL, value(points.get(points.size() - 1).value(), metric));
    }
    return this;
  }

  /** Adds a band between two series of the same steps. */
  Panel band(String name, StepPlot.Ink ink, List<Point> lower, List<Point> upper) {
    if (!lower.isEmpty() && lower.size() == upper.size()) {
      plot.band(
          name, ink, StepPlot.thinned(lower, MOST_POINTS), StepPlot.thinned(upper, MOST_POINTS));
      double low = lower.get(lower.size() - 1).value();
      double high = upper.get(upper.size() - 1).value();
      mark(name, ink, BAND, NumberText.of(low) + " to " + NumberText.of(high));
    }
    return this;
  }

  /** Adds a share that lies on the one below it. */
  Panel layer(String name, StepPlot.Ink ink, List<Point> lower, List<Point> upper) {
    plot.layer(name, ink, lower, upper);
    double share = upper.get(upper.size() - 1).value() - lower.get(lower.size() - 1).value();
    mark(name, ink, FULL, NumberText.of(share, "share"));
    return this;
  }

  private void mark(String name, StepPlot.Ink ink, String swatch, String reading) {
    legend.add(
        "<span><span style=\"color:"
            + ink.hex()
            + "\">"
            + swatch
            + "</span> "
            + HtmlText.escape(name)
            + " "
            + HtmlText.escape(reading)
            + "</span>");
    readings.add(name + " " + reading);
  }

  /** Returns a value with its unit, where that says more than the metric's name. */
  static String value(double value, Metric metric) {
    boolean told = List.of("nats", "tokens", "tokens/s", "seconds").contains(metric.unit());
    return NumberText.of(value, metric.unit()) + (told ? " " + metric.unit() : "");
  }

  Panel until(int step) {
    plot.until(step);
    return this;
  }

  /** Marks the steps from which on another reward counts. */
  Panel seams(List<Integer> steps) {
    steps.forEach(plot::seam);
    return this;
  }

  boolean isDrawable() {
    return plot.isDrawable();
  }

  /** Returns charts side by side, as many as there is room for. */
  static String grid(List<String> charts) {
    return "<div style=\"display:grid;grid-template-columns:repeat(auto-fill,minmax(290px,1fr));"
        + "gap:12px 18px;margin:6px 0;max-width:1350px\">"
        + String.join("", charts)
        + "</div>";
  }

  /** Returns what the latest values are, on one line. */
  String text() {
    return title + ": " + String.join(", ", readings);
  }

  /**
   * Returns the chart.
   *
   * @param kept whether it will be read later, perhaps where the notebook is not trusted
   */
  String html(boolean kept) {
    String svg = plot.svg();
    return "<div style=\"min-width:0\"><div style=\"font-weight:bold\">"
        + HtmlText.escape(title)
        + "</div><div style=\"display:flex;flex-wrap:wrap;gap:0"
        + " 12px;font-size:0.9em;line-height:1.4\">"
        + String.join("", legend)
        + "</div><div style=\"font-size:0\">"
        + svg
        + "</div>"
        + (kept ? picture(svg) : "")
        + "</div>";
  }

  /**
   * Returns the chart once more as an image. An untrusted notebook loses the SVG, whose labels are
   * then left at size 0, and the block-size that hides this image.
   */
  private String picture(String svg) {
    String data =
        svg.replace("%", "%25")
            .replace("#", "%23")
            .replace("&", "%26")
            .replace("<", "%3C")
            .replace(">", "%3E")
            .replace('"', '\'');
    return "<div style=\"block-size:0;overflow:hidden\"><img width=\"100%\" alt=\""
        + HtmlText.escape(text())
        + "\" src=\"data:image/svg+xml,"
        + data
        + "\"></div>";
  }
}
