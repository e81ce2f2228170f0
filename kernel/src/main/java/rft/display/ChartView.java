package rft.display;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import rft.run.PrintableText;

/** Shows XChart's charts as SVG, with a bitmap for readers that do not trust SVG. */
final class ChartView {
  private ChartView() {}

  static DisplayData of(Object value) {
    Chart<?, ?> chart = (Chart<?, ?>) value;
    StringBuilder text = new StringBuilder("chart");
    if (chart.getTitle() != null && !chart.getTitle().isBlank()) {
      text.append(" \"").append(chart.getTitle()).append('"');
    }
    text.append(" of ").append(String.join(", ", chart.getSeriesMap().keySet()));
    DisplayData bundle = new DisplayData(PrintableText.line(text.toString()));
    bundle.putSVG(svg(chart));
    bundle.putData(MIMEType.IMAGE_PNG, png(chart));
    return bundle;
  }

  private static String svg(Chart<?, ?> chart) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(
          chart, bytes, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String png(Chart<?, ?> chart) {
    try {
      byte[] png = BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
      return Base64.getEncoder().encodeToString(png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
