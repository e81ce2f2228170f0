package rft.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LazyLibrariesTest {
  private static final List<String> HEAVY =
      List.of("tech.tablesaw.api.Table", "org.knowm.xchart.XYChart", "rft.display.ProductView");

  /** Loads every class itself, and knows which. */
  private static final class Loader extends URLClassLoader {
    Loader(URL[] urls) {
      super(urls, ClassLoader.getPlatformClassLoader());
    }

    boolean has(String name) {
      synchronized (getClassLoadingLock(name)) {
        return findLoadedClass(name) != null;
      }
    }
  }

  private static Loader loader() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return new Loader(urls.toArray(URL[]::new));
  }

  @Test
  void plainValuesLoadNeitherTablesNorCharts() throws Throwable {
    try (Loader loader = loader()) {
      Class<?> views = loader.loadClass("rft.display.Views");
      Object text = views.getMethod("text", Object.class).invoke(null, List.of(1, 2));
      assertEquals("[1, 2]", text);
      // Through a handle: reflection would load what every method of the class names.
      Class<?> bundle = loader.loadClass("org.dflib.jjava.jupyter.kernel.display.DisplayData");
      MethodHandles.publicLookup()
          .findStatic(
              loader.loadClass("rft.display.Cells"),
              "render",
              MethodType.methodType(bundle, Object.class))
          .invoke("x");
      HEAVY.forEach(name -> assertFalse(loader.has(name), name));
      Object column =
          loader
              .loadClass("tech.tablesaw.api.IntColumn")
              .getMethod("create", String.class)
              .invoke(null, "n");
      Object shown = views.getMethod("text", Object.class).invoke(null, column);
      assertTrue(String.valueOf(shown).startsWith("n  0 values"), String.valueOf(shown));
    }
  }
}
