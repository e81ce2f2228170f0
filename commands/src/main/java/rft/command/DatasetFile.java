package rft.command;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import rft.dataset.Dataset;
import rft.dataset.DatasetReader;
import rft.dataset.NearestName;
import rft.dataset.RowProblem;
import rft.dataset.Task;

/**
 * A dataset that the user named: a file, which may not exist, a named dataset or a sample one.
 *
 * @param path as given
 */
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
    Optional<Dataset> named = Workspace.current().get(path.toString(), Dataset.class);
    if (named.isPresent()) {
      return read(named.get(), tasks, problems);
    }
    File file = sample().orElse(path).toFile();
    // Not Files.newInputStream: it asks a pipe for its position, which a pipe does not have.
    try (InputStream in = new BufferedInputStream(new FileInputStream(file), 1 << 16)) {
      return DatasetReader.stream(in, tasks, problems);
    }
  }

  private static DatasetReader.Totals read(
      Dataset dataset, Consumer<? super Task> tasks, Consumer<? super RowProblem> problems) {
    dataset.tasks().forEach(tasks);
    dataset.problems().forEach(problems);
    return new DatasetReader.Totals(
        dataset.sha256(), dataset.rows(), dataset.rowsWithoutReference());
  }

  /** Returns the whole dataset. */
  Dataset whole() throws IOException {
    List<Task> tasks = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    DatasetReader.Totals totals = read(tasks::add, problems::add);
    return new Dataset(
        String.valueOf(path.getFileName()),
        tasks,
        problems,
        totals.sha256(),
        totals.rows(),
        totals.rowsWithoutReference());
  }

  /** Returns the file of the sample dataset of this name, if no file of the user has it. */
  private Optional<Path> sample() throws IOException {
    Installation installation = Installation.current();
    boolean isSample = installation.sampleDatasets().contains(path.toString());
    if (isSample && !Files.exists(path)) {
      return Optional.of(installation.storedDataset(path.toString()));
    }
    requireFile();
    return Optional.empty();
  }

  /** Refuses a name that is no readable file, naming the nearest one. */
  void requireFile() throws IOException {
    if (Files.isDirectory(path)) {
      throw new CommandException(
          ExitCode.USAGE, path + " is a folder, not a dataset; name one .jsonl file in it");
    }
    if (!Files.exists(path)) {
      CommandException wrong =
          Workspace.current().wrongType(path.toString(), "dataset", Dataset.class);
      if (wrong != null) {
        throw wrong;
      }
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
      List<String> names = new ArrayList<>();
      if (path.getNameCount() == 1) {
        names.addAll(Workspace.current().names(Dataset.class));
        names.addAll(Installation.current().sampleDatasets());
      }
      neighbours
          .limit(MOST_NEIGHBOURS)
          .filter(Files::isRegularFile)
          .map(neighbour -> String.valueOf(neighbour.getFileName()))
          .sorted()
          .forEach(names::add);
      String hint = NearestName.hint(String.valueOf(whole.getFileName()), names);
      return hint.isEmpty() ? "; the folder " + folder + " has no file of that name" : hint;
    }
  }
}
