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
 * @param home the folder of all that the product keeps
 * @param port of the service
 */
record TokenFile(Path home, int port) implements AutoCloseable {
  private static final String FOLDER = "serve";

  /** Returns where it is, once it is written. */
  Path path() {
    return home.resolve(FOLDER).resolve(port + ".token");
  }

  void write(String token) throws IOException {
    Path folder = home.resolve(FOLDER);
    Files.createDirectories(home);
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, only("rwx------", home));
    }
    Files.deleteIfExists(path());
    Files.createFile(path(), only("rw-------", folder));
    Files.writeString(path(), token + "\n");
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
    Files.deleteIfExists(path());
  }
}
