package rft.display;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** Shows an image as PNG; one that is too large for a notebook is made smaller. */
final class Picture {
  private static final int LONGEST_SIDE = 2_000;

  private Picture() {}

  static DisplayData of(RenderedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    double scale = Math.min(1, (double) LONGEST_SIDE / Math.max(width, height));
    RenderedImage shown = scale < 1 ? scaled(image, scale) : image;
    String size = width + " x " + height + " pixels";
    String note = scale < 1 ? ", shown as " + shown.getWidth() + " x " + shown.getHeight() : "";
    DisplayData bundle = new DisplayData("image of " + size + note);
    bundle.putData(MIMEType.IMAGE_PNG, png(shown));
    return bundle;
  }

  private static RenderedImage scaled(RenderedImage image, double scale) {
    int width = Math.max(1, (int) (image.getWidth() * scale));
    int height = Math.max(1, (int) (image.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.scale(scale, scale);
    graphics.drawRenderedImage(image, new java.awt.geom.AffineTransform());
    graphics.dispose();
    return small;
  }

  private static String png(RenderedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalArgumentException("the image has a colour model that PNG does not know");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
