package rft.cell;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/**
 * Classes of cells. Without a name, which would stand in every line of a stack trace; with
 * assertions, because one who writes {@code assert} into a cell wants to hear of it.
 */
final class ReplLoader extends ClassLoader {
  private static final String SUFFIX = ".class";

  private final Map<String, byte[]> code = new ConcurrentHashMap<>();

  ReplLoader(ClassLoader parent) {
    super(parent);
    setDefaultAssertionStatus(true);
  }

  void add(ClassBytecodes each) {
    code.put(each.name(), each.bytecodes());
  }

  /** Returns the code of every class by name. */
  Map<String, byte[]> code() {
    return code;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = code.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** Also gives the code of cells' classes, for libraries that read it. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes =
        name.endsWith(SUFFIX)
            ? code.get(name.substring(0, name.length() - SUFFIX.length()).replace('/', '.'))
            : null;
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }
}
