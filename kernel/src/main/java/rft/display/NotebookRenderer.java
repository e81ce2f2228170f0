package rft.display;

import java.util.Map;
import java.util.Set;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.RenderFunction;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;
import rft.run.PrintableText;

/**
 * The renderer with a standard view of every object, behind what cells register. It never throws,
 * and passes on a finished bundle.
 */
final class NotebookRenderer extends Renderer {
  NotebookRenderer() {
    createRegistration(Object.class)
        .preferring(MIMEType.TEXT_PLAIN)
        .preferring(MIMEType.TEXT_HTML)
        .preferring(MIMEType.IMAGE_SVG)
        .preferring(MIMEType.IMAGE_PNG)
        .register(NotebookRenderer::standard);
  }

  private static void standard(Object value, RenderContext context) {
    DisplayData view = StandardView.of(value);
    for (MIMEType type :
        Set.of(MIMEType.TEXT_PLAIN, MIMEType.TEXT_HTML, MIMEType.IMAGE_SVG, MIMEType.IMAGE_PNG)) {
      Object data = view.getData(type);
      if (data != null) {
        context.renderIfRequested(type, () -> data);
      }
    }
  }

  /**
   * Only registrations wait for each other. To render takes no lock: a value whose view never ends
   * would else silence every other cell.
   */
  @Override
  public synchronized <T> void register(
      Set<MIMEType> supported,
      Set<MIMEType> preferred,
      Set<Class<? extends T>> types,
      RenderFunction<T> function) {
    super.register(supported, preferred, types, function);
  }

  @Override
  public DisplayData render(@Nullable Object value, Map<String, Object> parameters) {
    if (value instanceof DisplayData bundle) {
      return bundle;
    }
    if (value == null) {
      return new DisplayData("null");
    }
    try {
      return super.render(value, parameters);
    } catch (Throwable e) {
      return failed(value, e);
    }
  }

  @Override
  public DisplayData renderAs(
      @Nullable Object value, Map<String, Object> parameters, String... types) {
    if (value == null || value instanceof DisplayData) {
      return render(value, parameters);
    }
    try {
      if (value instanceof CharSequence) {
        return written(value.toString(), types);
      }
      return super.renderAs(value, parameters, types);
    } catch (Throwable e) {
      return failed(value, e);
    }
  }

  private static DisplayData written(String text, String... types) {
    DisplayData bundle = new DisplayData(PrintableText.block(text));
    for (String type : types) {
      bundle.putData(type, text);
    }
    return bundle;
  }

  @Override
  protected DisplayData finalizeDisplayData(DisplayData bundle, Object value) {
    if (!bundle.hasDataForType(MIMEType.TEXT_PLAIN)) {
      bundle.putText(PrintableText.block(Brief.own(value)));
    }
    return bundle;
  }

  private static DisplayData failed(Object value, Throwable failure) {
    Brief.refuseStop(failure);
    String name = value.getClass().getName();
    return Views.bundle(
        new Page().trouble(name + ": its display failed with " + Brief.problem(failure)).shown());
  }
}
