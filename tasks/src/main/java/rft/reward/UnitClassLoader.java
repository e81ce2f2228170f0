package rft.reward;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one reward from memory. Its own classes win over the product's of the same
 * name, so that an edited copy of a ready reward is the one that runs; those of its dependency jars
 * do not.
 */
final class UnitClassLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  static final String NAME = "reward";

  private final Map<String, byte[]> own;
  private final Map<String, byte[]> dependencies = new HashMap<>();

  /**
   * @param classes class bytes by class name
   * @param jars jar bytes by file name
   */
  UnitClassLoader(Map<String, byte[]> classes, Map<String, byte[]> jars) {
    super(NAME, GroupReward.class.getClassLoader());
    this.own = classes;
    jars.forEach(this::open);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    byte[] bytes = own.get(name);
    if (bytes == null) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = dependencies.get(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = dependencies.get(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  private void open(String jar, byte[] bytes) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      long total = 0;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] content = RewardJar.readEntry(zip, entry.getName(), RewardJar.MAX_BYTES - total);
        total += content.length;
        dependencies.putIfAbsent(entry.getName(), content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the dependency jar " + jar + " is damaged", e);
    }
  }
}
