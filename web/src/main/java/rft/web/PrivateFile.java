package rft.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only the user may read, where the file system knows users. */
public final class PrivateFile {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private PrivateFile() {}

  /** Writes a file that appears at once and whole, in a folder that is made if missing. */
  public static void write(Path file, String content) throws IOException {
    Path folder = folder(file);
    Path draft = Files.createTempFile(folder, ".draft-", "", mode("rw-------"));
    try {
      Files.write(draft, content.getBytes(StandardCharsets.UTF_8));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Makes an empty file if there is none, in a folder that is made if missing. */
  public static void create(Path file) throws IOException {
    folder(file);
    if (!Files.exists(file)) {
      Files.createFile(file, mode("rw-------"));
    }
  }

  /** Returns false if another user may read or write a file. */
  static boolean isPrivate(Path file) throws IOException {
    return !POSIX || OWNER.containsAll(Files.getPosixFilePermissions(file));
  }

  private static Path folder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is no file name");
    }
    return Files.createDirectories(folder, mode("rwx------"));
  }

  private static FileAttribute<?>[] mode(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
