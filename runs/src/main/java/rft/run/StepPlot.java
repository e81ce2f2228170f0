package rft.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart over the steps of a run as SVG: axes with numbers, and on them lines, bands and stacked
 * shares. It needs no style sheet: its colours are legible on light and on dark. A page that has
 * one reaches the parts by the classes {@code grid}, {@code line}, {@code dot}, {@code x} and
 * {@code y}.
 */
public final class StepPlot {
  private static final int LEFT = 50;
  private static final int RIGHT = 16;
  private static final int TOP = 10;
  private static final int BOTTOM = 26;
  private static final int WIDTH_OF_A_DOT = 10;
  private static final String AXIS = "#7b838c";

  /** Colours that differ on light and dark, also for readers who see red and green alike. */
  public enum Ink {
    TEAL("#1a9090"),
    ORANGE("#cf7a1f"),
    BLUE("#4a8fc0"),
    VIOLET("#9a72c4"),
    RED("#cb5743"),
    GOLD("#c79b2d");

    private final String hex;

    Ink(String hex) {
      this.hex = hex;
    }

    /** Returns the colour as CSS and SVG write it. */
    public String hex() {
      return hex;
    }

    /** Returns one colour after another, again from the first after the last. */
    public static Ink number(int index) {
      return values()[index % values().length];
    }
  }

  private final String title;
  private final String unit;
  private final int width;
  private final int height;
  private final List<PlotMark> marks = new ArrayList<>();
  private final List<Integer> seams = new ArrayList<>();
  private int first = Integer.MAX_VALUE;
  private int last = Integer.MIN_VALUE;
  private int end = Integer.MIN_VALUE;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  /**
   * An empty chart.
   *
   * @param title what it shows, for readers who do not see it
   * @param unit of its values, as in {@link Metric#unit}
   * @param width in pixels; the type is set for this width
   * @param height in pixels
   */
  public StepPlot(String title, String unit, int width, int height) {
    this.title = title;
    this.unit = unit;
    this.width = width;
    this.height = height;
  }

  /** Returns every n-th point and the last one, so that at most about so many are left. */
  public static List<Point> thinned(List<Point> points, int most) {
    int stride = stride(points.size(), most);
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (i % stride == 0 || i == points.size() - 1) {
        kept.add(points.get(i));
      }
    }
    return kept;
  }

  static int stride(int points, int most) {
    return Math.max(1, (points + most - 1) / most);
  }

  /** Lets the axis of the steps reach to this one, where it does not yet. */
  public StepPlot until(int step) {
    end = step;
    return this;
  }

  /** Adds a line; a value that is not finite leaves a gap. */
  public StepPlot line(String name, Ink ink, List<Point> points) {
    return add(new PlotMark(PlotMark.Kind.LINE, name, ink, points, points));
  }

  /** Adds a band between two lines of the same steps. */
  public StepPlot band(String name, Ink ink, List<Point> lower, List<Point> upper) {
    return add(new PlotMark(PlotMark.Kind.BAND, name, ink, lower, upper));
  }

  /** Adds a filled layer, as one of several shares that lie on each other. */
  public StepPlot layer(String name, Ink ink, List<Point> lower, List<Point> upper) {
    return add(new PlotMark(PlotMark.Kind.LAYER, name, ink, lower, upper));
  }

  /** Adds a dashed line at the first step of something new, such as another reward. */
  public StepPlot seam(int step) {
    seams.add(step);
    return this;
  }

  private StepPlot add(PlotMark mark) {
    marks.add(mark);
    for (List<Point> edge : List.of(mark.lower(), mark.upper())) {
      for (Point point : edge) {
        first = Math.min(first, point.step());
        last = Math.max(last, point.step());
        if (Double.isFinite(point.value())) {
          low = Math.min(low, point.value());
          high = Math.max(high, point.value());
        }
      }
    }
    return this;
  }

  /** Returns true if there is anything to draw. */
  public boolean isDrawable() {
    return low <= high;
  }

  /**
   * Returns the chart as an SVG element.
   *
   * @throws IllegalStateException if there is nothing to draw
   */
  public String svg() {
    if (!isDrawable()) {
      throw new IllegalStateException("chart " + title + " has no finite value to draw");
    }
    return new Drawing().svg();
  }

  /** One drawing with its scales fixed. */
  private final class Drawing {
    private final StringBuilder svg = new StringBuilder();
    private final int right = Math.max(last, end);
    private final double bottom;
    private final double top;

    Drawing() {
      boolean layers = marks.stream().anyMatch(mark -> mark.kind() == PlotMark.Kind.LAYER);
      double margin = (high - low) * 0.08;
      double room = margin > 0 ? margin : Math.max(Math.abs(high) * 0.1, 0.1);
      bottom = layers ? Math.min(0, low) : low >= 0 ? Math.max(0, low - room) : low - room;
      top = layers ? Math.max(1, high) : high + room;
    }

    String svg() {
      svg.append(
          String.format(
              Locale.ROOT,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                  + " aria-label=\"%s from step %d to %d\""
                  + " style=\"display:block;width:100%%;height:auto\""
                  + " font-family=\"system-ui,sans-serif\" font-size=\"11\">",
              width,
              height,
              HtmlText.escape(title),
              first,
              last));
      marks.stream().filter(mark -> !isLine(mark)).map(this::shape).forEach(svg::append);
      horizontalGrid();
      stepLabels();
      seams.stream().filter(step -> step >= first && step <= right).forEach(this::seamAt);
      for (PlotMark mark : marks.stream().filter(Drawing::isLine).toList()) {
        svg.append(shape(mark));
        dots(mark);
      }
      return svg.append("</svg>").toString();
    }

    private void seamAt(int step) {
      svg.append("<path class=\"seam\" fill=\"none\" stroke=\"").append(AXIS);
      svg.append("\" stroke-dasharray=\"4 3\" d=\"M").append(number(x(step))).append(' ');
      svg.append(number(TOP)).append('V').append(number(height - BOTTOM));
      svg.append("\"><title>another reward from step ").append(step).append("</title></path>");
    }

    private void horizontalGrid() {
      double tick = tick((top - bottom) / 4.5);
      for (long i = (long) Math.ceil(bottom / tick); i * tick <= top; i++) {
        String y = number(y(i * tick));
        svg.append("<path class=\"grid\" fill=\"none\" stroke=\"").append(AXIS);
        svg.append("\" stroke-opacity=\"0.3\" d=\"M").append(LEFT).append(' ').append(y);
        svg.append('H').append(width - RIGHT).append("\"/>");
        text("y", LEFT - 8, y(i * tick), "end", valueLabel(i * tick));
      }
    }

    private String valueLabel(double value) {
      return unit.equals("share") ? NumberText.of(value * 100) + " %" : NumberText.of(value);
    }

    private void stepLabels() {
      long tick = Math.max(1, (long) tick((right - first) / 5.0));
      double y = height - 10;
      text("x", LEFT - 8, y, "end", "step");
      for (long step = (first + tick - 1) / tick * tick; step <= right; step += tick) {
        text("x", x(step), y, "middle", Long.toString(step));
      }
    }

    private void text(String kind, double x, double y, String anchor, String text) {
      svg.append("<text class=\"").append(kind).append("\" x=\"").append(number(x));
      svg.append("\" y=\"").append(number(y)).append("\" text-anchor=\"").append(anchor);
      svg.append("\" dominant-baseline=\"middle\" fill=\"").append(AXIS).append("\">");
      svg.append(text).append("</text>");
    }

    private static boolean isLine(PlotMark mark) {
      return mark.kind() == PlotMark.Kind.LINE;
    }

    private String shape(PlotMark mark) {
      return mark.svg(point -> number(x(point.step())) + " " + number(y(point.value())));
    }

    private void dots(PlotMark mark) {
      if (mark.upper().size() <= width / WIDTH_OF_A_DOT) {
        mark.upper().stream()
            .filter(point -> Double.isFinite(point.value()))
            .forEach(point -> dot(mark, point));
      }
    }

    private void dot(PlotMark mark, Point point) {
      svg.append("<circle class=\"dot\" r=\"2.5\" fill=\"").append(mark.ink().hex());
      svg.append("\" cx=\"").append(number(x(point.step()))).append("\" cy=\"");
      svg.append(number(y(point.value()))).append("\"><title>step ").append(point.step());
      svg.append(": ").append(NumberText.of(point.value(), unit)).append("</title></circle>");
    }

    private double x(long step) {
      double share = right == first ? 0.5 : (double) (step - first) / (right - first);
      return LEFT + share * (width - LEFT - RIGHT);
    }

    private double y(double value) {
      return TOP + (top - value) / (top - bottom) * (height - TOP - BOTTOM);
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

  private static String number(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    boolean whole = rounded == Math.rint(rounded);
    return whole ? Long.toString((long) rounded) : Double.toString(rounded);
  }
}
