package rft.reward;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A reward unit as a jar file: the same unit always gives the same bytes. */
final class RewardJar {
  /** Most bytes of a reward with all its jars. */
  static final long MAX_BYTES = 64L << 20;

  private static final int MAX_ENTRIES = 10_000;
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String SOURCE = "META-INF/reward/source.java";
  private static final String FOREIGN_SOURCE = "META-INF/reward/source";
  private static final String LIBRARIES = "META-INF/reward/lib/";
  private static final String CLASS = ".class";
  private static final Attributes.Name NAME = new Attributes.Name("Reward-Name");
  private static final Attributes.Name MAIN = new Attributes.Name("Reward-Class");
  private static final Attributes.Name LANGUAGE = new Attributes.Name("Reward-Language");
  private static final Attributes.Name HASH = new Attributes.Name("Reward-SHA-256");

  private RewardJar() {}

  static void write(RewardUnit unit, Path file) throws IOException {
    Map<String, byte[]> rest = new TreeMap<>();
    boolean java = unit.language().equals(RewardUnit.JAVA);
    rest.put(java ? SOURCE : FOREIGN_SOURCE, unit.source().getBytes(StandardCharsets.UTF_8));
    unit.classes().forEach((name, bytes) -> rest.put(name.replace('.', '/') + CLASS, bytes));
    unit.jars().forEach((name, bytes) -> rest.put(LIBRARIES + name, bytes));
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar)) {
      put(zip, MANIFEST, manifestOf(unit));
      for (Map.Entry<String, byte[]> entry : rest.entrySet()) {
        put(zip, entry.getKey(), entry.getValue());
      }
    }
    Path target = file.toAbsolutePath();
    Path draft =
        target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.write(draft, jar.toByteArray());
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  static RewardUnit read(Path file) throws IOException {
    Map<String, byte[]> entries = entriesOf(file);
    byte[] manifestBytes = entries.remove(MANIFEST);
    if (manifestBytes == null) {
      throw refused(file, "it is not the jar of a reward");
    }
    Attributes manifest = new Manifest(new ByteArrayInputStream(manifestBytes)).getMainAttributes();
    String given = manifest.getValue(LANGUAGE);
    String language = given == null ? RewardUnit.JAVA : given;
    boolean java = language.equals(RewardUnit.JAVA);
    byte[] source = entries.remove(java ? SOURCE : FOREIGN_SOURCE);
    if (source == null) {
      throw refused(file, "it is not the jar of a reward");
    }
    Map<String, byte[]> classes = new TreeMap<>();
    Map<String, byte[]> jars = new TreeMap<>();
    entries.forEach(
        (path, bytes) -> {
          if (path.startsWith(LIBRARIES)) {
            jars.put(path.substring(LIBRARIES.length()), bytes);
          } else if (path.endsWith(CLASS) && !path.startsWith("META-INF/")) {
            String name = path.substring(0, path.length() - CLASS.length());
            classes.put(name.replace('/', '.'), bytes);
          } else {
            throw refused(file, "it holds a file no reward has: " + path);
          }
        });
    RewardUnit unit =
        new RewardUnit(
            attribute(file, manifest, NAME),
            language,
            new String(source, StandardCharsets.UTF_8),
            java ? attribute(file, manifest, MAIN) : "",
            classes,
            jars);
    if (!unit.sha256().equals(attribute(file, manifest, HASH))) {
      throw refused(file, "its content was changed after it was written");
    }
    return unit;
  }

  /**
   * Returns the bytes of the entry at which a zip stands.
   *
   * @throws IllegalArgumentException if they are more than the limit
   */
  static byte[] readEntry(ZipInputStream zip, String name, long limit) throws IOException {
    byte[] bytes = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limit + 1));
    if (bytes.length > limit) {
      throw new IllegalArgumentException(
          "the jar holds more than " + (MAX_BYTES >> 20) + " MiB, at " + name);
    }
    return bytes;
  }

  private static Map<String, byte[]> entriesOf(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    long total = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (!isSafe(name)) {
          throw refused(file, "it holds an unsafe name: " + name);
        }
        byte[] bytes = readEntry(zip, name, MAX_BYTES - total);
        total += bytes.length;
        if (entries.put(name, bytes) != null) {
          throw refused(file, "it holds " + name + " twice");
        }
        if (entries.size() > MAX_ENTRIES) {
          throw refused(file, "it holds more than " + MAX_ENTRIES + " files");
        }
      }
    }
    return entries;
  }

  private static boolean isSafe(String name) {
    if (name.isEmpty() || name.length() > 500 || name.startsWith("/") || name.endsWith("/")) {
      return false;
    }
    if (name.chars().anyMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c))) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }

  private static byte[] manifestOf(RewardUnit unit) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(NAME, unit.name());
    if (unit.language().equals(RewardUnit.JAVA)) {
      main.put(MAIN, unit.mainClass());
    } else {
      main.put(LANGUAGE, unit.language());
    }
    main.put(HASH, unit.sha256());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }

  /** Stores the bytes as they are: compressed bytes differ between Java releases. */
  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static String attribute(Path file, Attributes manifest, Attributes.Name name) {
    String value = manifest.getValue(name);
    if (value == null) {
      throw refused(file, "its manifest lacks " + name);
    }
    return value;
  }

  private static IllegalArgumentException refused(Path file, String reason) {
    return new IllegalArgumentException(
        "the reward jar " + file + " is refused: " + reason + "; export the reward again");
  }
}
