package rft.command;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import rft.dataset.DatasetReader;
import rft.dataset.NearestName;
import rft.dataset.RowProblem;
import rft.dataset.Task;

/** A dataset file named by the user, which may not exist. */
record DatasetFile(Path path) {
  /** More names than a person would choose from. */
  private static final int MOST_NEIGHBOURS = 10_000;

  /**
   * Returns the totals of the file after giving each row to one of the two consumers.
   *
   * @throws CommandException if there is no such file, naming the nearest one
   */
  DatasetReader.Totals read(Consumer<? super Task> tasks, Consumer<? super RowProblem> problems)
      throws IOException {
    requireFile();
    // Not Files.newInputStream: it asks a pipe for its position, which a pipe does not have.
    try (InputStream in = new BufferedInputStream(new FileInputStream(path.toFile()), 1 << 16)) {
      return DatasetReader.stream(in, tasks, problems);
    }
  }

  private void requireFile() throws IOException {
    if (Files.isDirectory(path)) {
      throw new CommandException(
          ExitCode.USAGE, path + " is a folder, not a dataset; name one .jsonl file in it");
    }
    if (!Files.exists(path)) {
      throw new CommandException(ExitCode.NOT_FOUND, "no file " + path + where());
    }
    if (!Files.isReadable(path)) {
      throw new CommandException(
          ExitCode.FAILED, "no right to read " + path + "; check its permissions with ls -l");
    }
  }

  /** Returns where the search for a missing file ended: at the folder, or at the name. */
  private String where() throws IOException {
    Path whole = path.toAbsolutePath().normalize();
    Path folder = whole.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "; the folder " + folder + " does not exist";
    }
    try (Stream<Path> neighbours = Files.list(folder)) {
      List<String> names =
          neighbours
              .limit(MOST_NEIGHBOURS)
              .filter(Files::isRegularFile)
              .map(neighbour -> String.valueOf(neighbour.getFileName()))
              .sorted()
              .toList();
      String hint = NearestName.hint(String.valueOf(whole.getFileName()), names);
      return hint.isEmpty() ? "; the folder " + folder + " has no file of that name" : hint;
    }
  }
}
