package rft.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import rft.dataset.DatasetWriter;
import rft.dataset.Task;

/** Writes the dataset of a sample task: so many rows, no two alike. */
public final class SampleDatasets {
  /** Seed of the datasets in {@code datasets/samples/}. */
  public static final long SEED = 1;

  /** Rows of each dataset for the bundled model in {@code datasets/samples/}. */
  public static final int ROWS = 2_400;

  private static final int DRAWS_PER_ROW = 50;

  private SampleDatasets() {}

  /**
   * Returns the first rows of the task that differ in {@link SampleKind#identity}, by index.
   *
   * @throws IllegalArgumentException if the task has not so many contents
   */
  public static List<Task> rows(SampleKind task, long seed, int rows) {
    List<Task> kept = new ArrayList<>();
    Set<String> contents = new HashSet<>();
    long draws = (long) rows * DRAWS_PER_ROW;
    for (long index = 0; kept.size() < rows; index++) {
      if (index >= draws) {
        throw new IllegalArgumentException(
            task.taskName()
                + " has hardly more than "
                + kept.size()
                + " contents, so no "
                + rows
                + " rows: ask for fewer");
      }
      Task next = task.task(seed, index);
      if (contents.add(task.identity(next))) {
        kept.add(next);
      }
    }
    return kept;
  }

  /**
   * Writes {@link #rows} as JSONL; the same arguments give the same bytes.
   *
   * @param file the file to create or replace; its folder must exist
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, SampleKind task, long seed, int rows) throws IOException {
    DatasetWriter.write(file, rows(task, seed, rows));
  }
}
