package rft.command;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The token of a service as a file that only the user can read, for as long as the service runs.
 *
 * @param path where it is
 */
record TokenFile(Path path) implements AutoCloseable {
  /** Returns the file for a service on this port; nothing is written yet. */
  static TokenFile of(Path home, int port) {
    return new TokenFile(home.resolve("serve").resolve(port + ".token"));
  }

  void write(String token) throws IOException {
    Path folder = path.getParent();
    Files.createDirectories(folder.getParent());
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, only("rwx------", folder.getParent()));
    }
    Files.deleteIfExists(path);
    Files.createFile(path, only("rw-------", folder));
    Files.writeString(path, token + "\n");
  }

  private static FileAttribute<?>[] only(String permissions, Path place) throws IOException {
    FileStore store = Files.getFileStore(place);
    return store.supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
