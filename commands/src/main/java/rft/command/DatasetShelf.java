package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import rft.dataset.Dataset;
import rft.dataset.DatasetWriter;
import rft.run.DurableFile;

/**
 * Where datasets that were made in memory become files, so that a run that learns from one can be
 * resumed by another process.
 *
 * @param folder holds one file per content, named by its hash
 */
record DatasetShelf(Path folder) {
  /**
   * Returns the file that holds the usable rows of a dataset; equal rows share one.
   *
   * @throws IOException if it cannot be written
   */
  Path file(Dataset dataset) throws IOException {
    Dataset usable = Dataset.of(dataset.name(), dataset.requireTasks().tasks());
    Path file = folder.resolve(usable.sha256() + ".jsonl");
    if (!Files.exists(file)) {
      DurableFile.createFolders(folder);
      DatasetWriter.write(file, usable.tasks());
      DurableFile.restrict(file);
    }
    return file;
  }
}
