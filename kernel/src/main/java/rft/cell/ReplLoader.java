package rft.cell;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;
import org.jspecify.annotations.Nullable;

/** The one class loader of a session: classes of cells and of the jars added to it. */
final class ReplLoader extends URLClassLoader implements LoaderDelegate {
  private final Set<String> loadedByParent;
  private final Map<String, byte[]> code = new ConcurrentHashMap<>();
  private final Map<String, Class<?>> defined = new ConcurrentHashMap<>();

  /**
   * @param loadedByParent class path entries that the product's own loader serves; a second copy of
   *     their classes would not be the same classes
   */
  ReplLoader(Set<String> loadedByParent) {
    super("cells", new URL[0], ReplLoader.class.getClassLoader());
    this.loadedByParent = Set.copyOf(loadedByParent);
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    boolean[] loaded = new boolean[classes.length];
    try {
      for (ClassBytecodes each : classes) {
        code.put(each.name(), each.bytecodes());
      }
      for (int i = 0; i < classes.length; i++) {
        // Asking for the methods resolves the types in their signatures, here and not mid-run.
        loadClass(classes[i].name()).getDeclaredMethods();
        loaded[i] = true;
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ClassInstallException(e.toString(), loaded);
    }
  }

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    // Never called: a redefined class gets a new name, as the control refuses redefinition.
  }

  @Override
  public void addToClasspath(String path) throws InternalException {
    try {
      for (String entry : path.split(File.pathSeparator)) {
        if (!loadedByParent.contains(entry)) {
          addURL(Path.of(entry).toUri().toURL());
        }
      }
    } catch (MalformedURLException e) {
      throw new InternalException(e.toString());
    }
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = defined.get(name);
      if (known != null) {
        return known;
      }
      byte[] bytes = code.get(name);
      if (bytes == null) {
        return super.findClass(name);
      }
      Class<?> fresh = defineClass(name, bytes, 0, bytes.length);
      defined.put(name, fresh);
      return fresh;
    }
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes =
        name.endsWith(".class")
            ? code.get(name.substring(0, name.length() - ".class".length()).replace('/', '.'))
            : null;
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }
}
