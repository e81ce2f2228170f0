package rft.notebook;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** The picture of the kernel in a launcher: a reward that rises. Drawn, so that none is shipped. */
final class KernelLogo {
  /** Sizes in pixels that Jupyter looks for. */
  private static final List<Integer> SIZES = List.of(32, 64);

  private static final int SIDE = 64;
  private static final Color GROUND = new Color(0x1F, 0x4E, 0x5F);
  private static final Color LINE = new Color(0xF2, 0xB1, 0x34);

  /** Corners of the line in a square of 64 by 64, x and y in turn. */
  private static final int[] CORNERS = {12, 48, 24, 42, 34, 30, 42, 32, 52, 16};

  private KernelLogo() {}

  static void write(Path folder) throws IOException {
    for (int size : SIZES) {
      Path file = folder.resolve("logo-" + size + "x" + size + ".png");
      if (!ImageIO.write(draw(size), "png", file.toFile())) {
        throw new IOException("this Java cannot write PNG files, so there is no " + file);
      }
    }
    Files.writeString(folder.resolve("logo-svg.svg"), svg());
  }

  private static BufferedImage draw(int size) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.scale(size / (double) SIDE, size / (double) SIDE);
    pen.setColor(GROUND);
    pen.fill(new RoundRectangle2D.Double(2, 2, 60, 60, 24, 24));
    pen.setColor(LINE);
    pen.setStroke(new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    Path2D line = new Path2D.Double();
    line.moveTo(CORNERS[0], CORNERS[1]);
    for (int i = 2; i < CORNERS.length; i += 2) {
      line.lineTo(CORNERS[i], CORNERS[i + 1]);
    }
    pen.draw(line);
    pen.fill(new Ellipse2D.Double(47, 11, 10, 10));
    pen.dispose();
    return image;
  }

  private static String svg() {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < CORNERS.length; i += 2) {
      points.append(i == 0 ? "" : " ").append(CORNERS[i]).append(',').append(CORNERS[i + 1]);
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
      <title>RFT Workbench</title>
      <rect x="2" y="2" width="60" height="60" rx="12" fill="#1f4e5f"/>
      <polyline points="%s" fill="none" stroke="#f2b134" stroke-width="5"
        stroke-linecap="round" stroke-linejoin="round"/>
      <circle cx="52" cy="16" r="5" fill="#f2b134"/>
    </svg>
    """
        .formatted(points);
  }
}
