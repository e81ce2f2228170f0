package rft.run;

import java.io.IOException;
import java.nio.file.Path;

/** What a folder is to hold. */
@FunctionalInterface
public interface FolderContent {
  /**
   * Writes plain files into an empty folder.
   *
   * @throws IOException if one cannot be written
   */
  void writeTo(Path folder) throws IOException;
}
