package rft.run;

import java.util.List;
import java.util.function.Function;

/**
 * Something drawn between a lower and an upper edge; for a line they are the same.
 *
 * @param kind how it is drawn
 * @param name what it shows
 * @param ink its colour
 * @param lower points by ascending step
 * @param upper points of the same steps
 */
record PlotMark(Kind kind, String name, StepPlot.Ink ink, List<Point> lower, List<Point> upper) {
  /** How a mark is drawn. */
  enum Kind {
    LINE,
    BAND,
    LAYER
  }

  PlotMark {
    lower = List.copyOf(lower);
    upper = List.copyOf(upper);
  }

  /**
   * Returns the mark as SVG.
   *
   * @param place where a point lies, as {@code X Y}
   */
  String svg(Function<Point, String> place) {
    String shape = kind == Kind.LINE ? line(place) : area(place);
    return shape + "<title>" + HtmlText.escape(name) + "</title></path>";
  }

  /** A value that is not finite leaves a gap. */
  private String line(Function<Point, String> place) {
    StringBuilder svg = new StringBuilder("<path class=\"line\" fill=\"none\" stroke=\"");
    svg.append(ink.hex()).append("\" stroke-width=\"2\" stroke-linejoin=\"round\" d=\"");
    boolean drawing = false;
    for (Point point : upper) {
      boolean finite = Double.isFinite(point.value());
      if (finite) {
        svg.append(drawing ? 'L' : 'M').append(place.apply(point));
      }
      drawing = finite;
    }
    return svg.append("\">").toString();
  }

  private String area(Function<Point, String> place) {
    StringBuilder svg = new StringBuilder("<path fill=\"").append(ink.hex());
    svg.append("\" fill-opacity=\"").append(kind == Kind.BAND ? "0.22" : "0.75");
    svg.append("\" d=\"");
    int size = Math.min(lower.size(), upper.size());
    int from = 0;
    while (from < size) {
      int to = from;
      while (to < size && isFinite(to)) {
        to++;
      }
      if (to > from) {
        outline(svg, place, from, to);
      }
      from = to + 1;
    }
    return svg.append("\">").toString();
  }

  private boolean isFinite(int index) {
    return Double.isFinite(lower.get(index).value()) && Double.isFinite(upper.get(index).value());
  }

  private void outline(StringBuilder svg, Function<Point, String> place, int from, int to) {
    for (int i = from; i < to; i++) {
      svg.append(i == from ? 'M' : 'L').append(place.apply(upper.get(i)));
    }
    for (int i = to - 1; i >= from; i--) {
      svg.append('L').append(place.apply(lower.get(i)));
    }
    svg.append('Z');
  }
}
