package rft.cell;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;

/**
 * Loads what cells use: one loader for added jars, for the life of the session, and below it one
 * for the classes of cells, which a reset replaces.
 */
final class CellClasses implements LoaderDelegate {
  /** The classes that JShell makes of snippets; the engine has one more, for all of them. */
  private static final String OF_SNIPPETS = "REPL.$JShell$";

  private final Set<String> loadedByParent;
  private final AddedJars jars = new AddedJars();
  private volatile ReplLoader cells = new ReplLoader(jars);

  /**
   * @param loadedByParent class path entries that the product's own loader serves; a second copy of
   *     their classes would not be the same classes
   */
  CellClasses(Set<String> loadedByParent) {
    this.loadedByParent = Set.copyOf(loadedByParent);
  }

  /** Returns what the product's own loader serves, as far as it exists. */
  static Set<String> ofProcess() {
    Set<String> paths = new LinkedHashSet<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
        paths.add(entry);
      }
    }
    return paths;
  }

  /** Returns the loader that sees everything. */
  ClassLoader loader() {
    return cells;
  }

  /** Returns the code of the classes of cells by name. */
  Map<String, byte[]> code() {
    return cells.code();
  }

  /** Forgets the classes of cells. */
  void renew() {
    cells = new ReplLoader(jars);
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    boolean[] loaded = new boolean[classes.length];
    ReplLoader target = cells;
    try {
      for (ClassBytecodes each : classes) {
        if (each.name().startsWith(OF_SNIPPETS)) {
          target.add(each);
        } else {
          jars.define(each);
        }
      }
      for (int i = 0; i < classes.length; i++) {
        // Asking for the methods resolves the types in their signatures, here and not mid-run.
        Method[] unused = target.loadClass(classes[i].name()).getDeclaredMethods();
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
          jars.addURL(Path.of(entry).toUri().toURL());
        }
      }
    } catch (MalformedURLException e) {
      throw new InternalException(e.toString());
    }
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    return cells.loadClass(name);
  }

  private static final class AddedJars extends URLClassLoader {
    AddedJars() {
      super(new URL[0], CellClasses.class.getClassLoader());
    }

    @Override
    public void addURL(URL url) {
      super.addURL(url);
    }

    void define(ClassBytecodes code) {
      defineClass(code.name(), code.bytecodes(), 0, code.bytecodes().length);
    }
  }
}
