package rft.display;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.Histogram;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import rft.command.Run;
import rft.command.SampleRollouts;
import rft.dataset.NearestName;
import rft.run.Metric;
import rft.run.Point;
import rft.run.StepPlot.Ink;
import rft.run.StoredRollout;

/** Makes standard plots, ready to be shown or changed further. */
public final class Plots {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 380;
  private static final int MOST_BINS = 20;

  private Plots() {}

  /**
   * Returns metrics of a run over its steps.
   *
   * @param metrics keys as in {@link Metric}; reward and validation accuracy if none is given
   * @throws IllegalArgumentException if the run has no such metric, naming the nearest
   */
  public static XYChart plot(Run run, String... metrics) throws IOException {
    return plot(run.id(), run.metrics(), metrics);
  }

  static XYChart plot(String run, Map<String, List<Point>> series, String... metrics) {
    XYChart chart = overSteps(run, metrics.length == 1 ? label(metrics[0]) : "");
    if (metrics.length > 0) {
      for (String metric : metrics) {
        add(chart, metric, points(run, series, metric));
      }
      return chart;
    }
    for (Metric metric : List.of(Metric.REWARD_MEAN, Metric.VALIDATION_ACCURACY)) {
      if (series.containsKey(metric.key())) {
        add(chart, metric.key(), points(run, series, metric.key()));
      }
    }
    return chart;
  }

  /**
   * Returns one metric of several runs over their steps.
   *
   * @throws IllegalArgumentException if one of them has no such metric, naming the nearest
   */
  public static XYChart plot(List<Run> runs, String metric) throws IOException {
    XYChart chart = overSteps(metric, label(metric));
    for (Run run : runs) {
      add(chart, run.id(), points(run.id(), run.metrics(), metric));
    }
    return chart;
  }

  private static String label(String metric) {
    return Metric.ofKey(metric).map(Metric::unit).orElse("");
  }

  private static List<Point> points(String run, Map<String, List<Point>> series, String metric) {
    List<Point> points = series.get(metric);
    if (points == null) {
      String hint =
          NearestName.closest(metric, List.copyOf(series.keySet()))
              .map(nearest -> "the nearest is " + nearest)
              .orElse("it has none yet");
      throw new IllegalArgumentException("run " + run + " has no metric " + metric + ": " + hint);
    }
    return points;
  }

  private static void add(XYChart chart, String name, List<Point> points) {
    List<Integer> steps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Point point : points) {
      if (Double.isFinite(point.value())) {
        steps.add(point.step());
        values.add(point.value());
      }
    }
    if (!steps.isEmpty()) {
      chart.addSeries(name, steps, values).setMarker(SeriesMarkers.NONE);
    }
  }

  private static XYChart overSteps(String title, String unit) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("step")
            .yAxisTitle(unit)
            .build();
    style(chart.getStyler());
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    return chart;
  }

  private static void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(new Color(0xDDDDDD));
    Color[] colours = new Color[Ink.values().length];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = Color.decode(Ink.number(i).hex());
    }
    styler.setSeriesColors(colours);
    styler.setLegendBorderColor(Color.WHITE);
  }

  /** Returns how often the rewards of a step lie where. */
  public static CategoryChart histogram(Run run, int step) throws IOException {
    List<Double> rewards = run.rollouts(step).stream().map(StoredRollout::reward).toList();
    return histogram("rewards of " + run.id() + ", step " + step, rewards);
  }

  /** Returns how often the rewards of sampled completions lie where. */
  public static CategoryChart histogram(SampleRollouts.Report report) {
    List<Double> rewards =
        report.groups().stream()
            .flatMap(group -> group.completions().stream())
            .map(sampled -> sampled.verdict().reward())
            .filter(OptionalDouble::isPresent)
            .map(OptionalDouble::getAsDouble)
            .toList();
    return histogram("rewards", rewards);
  }

  /** Returns how often values lie where; those that are not finite are left out. */
  public static CategoryChart histogram(Collection<? extends Number> values) {
    return histogram("values", values);
  }

  static CategoryChart histogram(String title, Collection<? extends Number> values) {
    List<Double> finite =
        values.stream().map(Number::doubleValue).filter(Double::isFinite).toList();
    if (finite.isEmpty()) {
      throw new IllegalArgumentException("there is no finite value among " + title);
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("value")
            .yAxisTitle("count")
            .build();
    style(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setAvailableSpaceFill(0.98);
    chart.getStyler().setXAxisDecimalPattern("0.##");
    double low = finite.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = finite.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double room = low == high ? 0.5 : 0;
    Histogram histogram = new Histogram(finite, MOST_BINS, low - room, high + room);
    chart.addSeries("count", histogram.getxAxisData(), histogram.getyAxisData());
    return chart;
  }
}
