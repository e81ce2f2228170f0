package rft.live;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files this process has open, where the system tells. */
final class OpenFiles {
  private static final Path OWN = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /**
   * Returns a file below a folder that stays open, or null if there is none or the system does not
   * tell. A scan of the folder that is under way has its time to end.
   */
  static String below(Path folder) throws IOException, InterruptedException {
    String open = now(folder);
    for (int i = 0; i < 50 && open != null; i++) {
      Thread.sleep(100);
      open = now(folder);
    }
    return open;
  }

  private static String now(Path folder) throws IOException {
    if (!Files.isDirectory(OWN)) {
      return null;
    }
    try (DirectoryStream<Path> handles = Files.newDirectoryStream(OWN)) {
      for (Path handle : handles) {
        try {
          String file = Files.readSymbolicLink(handle).toString();
          if (file.startsWith(folder.toString())) {
            return file;
          }
        } catch (IOException e) {
          // Closed meanwhile.
        }
      }
    }
    return null;
  }
}
