package rft.display;

import java.util.List;
import java.util.Locale;
import rft.run.HtmlText;

/** A few bars with their names and numbers, as SVG that is legible on light and on dark. */
final class Histogram {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 96;
  private static final int TOP = 16;
  private static final int FOOT = 18;

  private Histogram() {}

  /**
   * One bar.
   *
   * @param name under it
   * @param count its height, and what stands above it
   * @param colour of the bar
   */
  record Bar(String name, int count, String colour) {}

  /** Returns the bars side by side; those of 0 keep their place. */
  static String svg(String title, List<Bar> bars) {
    int most = Math.max(1, bars.stream().mapToInt(Bar::count).max().orElse(1));
    double step = WIDTH / (double) Math.max(1, bars.size());
    double width = Math.min(60, step * 0.7);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" style=\"max-width:100%%;display:block\"><title>%s</title>"
            .formatted(
                WIDTH, TOP + HEIGHT + FOOT, WIDTH, TOP + HEIGHT + FOOT, HtmlText.escape(title)));
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double height = bar.count() == 0 ? 0 : Math.max(1, HEIGHT * bar.count() / (double) most);
      double middle = step * (i + 0.5);
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
              middle - width / 2,
              TOP + HEIGHT - height,
              width,
              height,
              bar.colour()));
      svg.append(text(middle, TOP + HEIGHT - height - 3, String.valueOf(bar.count())));
      svg.append(text(middle, TOP + HEIGHT + 13, bar.name()));
    }
    return svg.append(
            "<line x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#7b838c\" stroke-opacity=\"0.5\"/></svg>"
                .formatted(WIDTH, TOP + HEIGHT, TOP + HEIGHT))
        .toString();
  }

  private static String text(double x, double y, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"11\""
            + " fill=\"#7b838c\">%s</text>",
        x,
        y,
        HtmlText.escape(text));
  }
}
