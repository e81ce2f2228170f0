package rft.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command's files on this machine's disk, for its user alone, until it is closed. */
final class JobFolder implements AutoCloseable {
  /** Whom a command of the superuser becomes, because nothing limits that one. */
  static final int NOBODY = 65_534;

  private final @Nullable Path owned;
  private final @Nullable Path folder;

  JobFolder(Map<String, String> files) throws IOException {
    if (files.isEmpty()) {
      owned = null;
      folder = null;
      return;
    }
    // The outer folder keeps other users out; a sandbox shows the inner one to whoever runs in it.
    Path outer = Files.createTempDirectory("rft-job");
    owned = outer;
    folder = outer.resolve("job");
    try {
      Files.createDirectory(folder);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
        allow(path, "rw-r--r--");
      }
      allow(folder, "rwxr-xr-x");
      allow(outer, "rwx------");
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  @Nullable Path path() {
    return folder;
  }

  /** Returns whether this JVM is the superuser's, on Linux. */
  static boolean isSuperuser() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static void allow(Path path, String permissions) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
    if (isSuperuser()) {
      Files.setAttribute(path, "unix:uid", NOBODY);
      Files.setAttribute(path, "unix:gid", NOBODY);
    }
  }

  @Override
  public void close() throws IOException {
    if (owned == null) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> entries = Files.walk(owned)) {
      deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
