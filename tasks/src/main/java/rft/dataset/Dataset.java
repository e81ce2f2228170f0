package rft.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * One dataset file as read: the usable tasks, and what was wrong with the rest.
 *
 * @param name the file's name
 * @param tasks the good rows, in file order
 * @param problems the bad rows, in file order
 * @param sha256 SHA-256 of the file's bytes, 64 hexadecimal characters
 * @param rows rows in the file, good and bad; blank lines are none
 * @param rowsWithoutReference good rows that have no reference answer
 */
public record Dataset(
    String name,
    List<Task> tasks,
    List<RowProblem> problems,
    String sha256,
    long rows,
    long rowsWithoutReference) {
  public Dataset {
    tasks = List.copyOf(tasks);
    problems = List.copyOf(problems);
  }

  /**
   * Returns a dataset made in memory, as it would be read from a file with a row for each task.
   *
   * @param name what it is called in messages
   * @throws IllegalArgumentException if a task breaks a rule of {@link DatasetReader}, naming it
   */
  public static Dataset of(String name, List<Task> tasks) {
    MessageDigest digest = Sha256.start();
    DatasetWriter.rows(tasks, row -> digest.update((row + "\n").getBytes(StandardCharsets.UTF_8)));
    long without = tasks.stream().filter(task -> task.reference().isNull()).count();
    return new Dataset(name, tasks, List.of(), Sha256.hex(digest), tasks.size(), without);
  }

  /**
   * Returns this dataset.
   *
   * @throws IllegalArgumentException if it has no task to work with, saying why
   */
  public Dataset requireTasks() {
    if (!tasks.isEmpty()) {
      return this;
    }
    if (rows == 0) {
      throw new IllegalArgumentException(
          "dataset "
              + name
              + " is empty: write one JSON object with \"messages\" and \"reference_answer\" per"
              + " line");
    }
    throw new IllegalArgumentException(
        "dataset "
            + name
            + " has no usable row: all "
            + rows
            + " were refused, the first at "
            + problems.get(0).sentence());
  }
}
