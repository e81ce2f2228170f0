package rft.display;

import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;

/**
 * Turns any value into what a cell shows: HTML without scripts beside complete plain text, and a
 * picture where the value is one. Nothing that a value does when it is looked at escapes: what
 * throws is shown as an error.
 */
public final class Views {
  private static final Renderer RENDERER = new NotebookRenderer();

  private Views() {}

  /**
   * Returns the renderer of this process. A cell may register a view for a type of its own, which
   * then goes before the standard one.
   */
  public static Renderer renderer() {
    return RENDERER;
  }

  /** Returns the value in every form that suits it; a bundle is returned as it is. */
  public static DisplayData bundle(@Nullable Object value) {
    return RENDERER.render(value);
  }

  /**
   * Returns the value in these forms, as far as it has them, and always as text.
   *
   * @param types MIME types, for example {@code text/html}; a text is taken to be written in them
   */
  public static DisplayData bundle(@Nullable Object value, String... types) {
    return types.length == 0 ? RENDERER.render(value) : RENDERER.renderAs(value, types);
  }

  /** Returns the value as complete plain text. */
  public static String text(@Nullable Object value) {
    Object text = bundle(value).getData(MIMEType.TEXT_PLAIN);
    return text == null ? "" : text.toString();
  }

  static DisplayData bundle(Shown shown) {
    DisplayData bundle = new DisplayData();
    bundle.putHTML(shown.html());
    bundle.putText(shown.text());
    return bundle;
  }
}
