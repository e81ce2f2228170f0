package rft.playground;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Installation;
import rft.dataset.Dataset;
import rft.dataset.DatasetReader;
import rft.dataset.NearestName;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.run.RunHome;
import rft.run.RunReader;

/**
 * Prompts to ask: a sample dataset's, or those of the dataset that a run learns from.
 *
 * @param name of a sample dataset; null for a run's
 * @param run whose dataset; null for a sample one
 * @param rows {@code train}, {@code validation} or {@code test}, or {@code first} for the first
 *     rows whatever their split
 * @param count most prompts, 1 to 1000
 */
record DatasetChoice(@Nullable String name, @Nullable String run, String rows, int count) {
  private static final int MOST = 1000;
  private static final List<String> ROWS = List.of("train", "validation", "test", "first");

  DatasetChoice {
    if ((name == null) == (run == null)) {
      throw new IllegalArgumentException(
          "a dataset is either a sample one (name) or that of a run (run)");
    }
    if (!ROWS.contains(rows)) {
      throw new IllegalArgumentException(
          "rows (" + rows + ") must be train, validation, test or first");
    }
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("count (" + count + ") must be between 1 and " + MOST);
    }
  }

  /**
   * Some rows of a dataset.
   *
   * @param dataset its name
   * @param sha256 of its content
   * @param tasks in the order of the rows
   */
  record Chosen(String dataset, String sha256, List<Task> tasks) {}

  boolean isTest() {
    return rows.equals("test");
  }

  /**
   * Returns the chosen rows.
   *
   * @throws CommandException if there is no such dataset, or it has no such rows
   */
  Chosen read(RunHome home, Installation installation) throws IOException {
    Dataset dataset = dataset(home, installation);
    Splitter splitter = Splitter.standard();
    Stream<Task> tasks = dataset.requireTasks().tasks().stream();
    if (!rows.equals("first")) {
      Split split = Split.valueOf(rows.toUpperCase(Locale.ROOT));
      tasks = tasks.filter(task -> splitter.splitOf(task) == split);
    }
    List<Task> chosen = tasks.limit(count).toList();
    if (chosen.isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED, dataset.name() + " has no row in its " + rows + " split");
    }
    return new Chosen(dataset.name(), dataset.sha256(), chosen);
  }

  private Dataset dataset(RunHome home, Installation installation) throws IOException {
    if (run != null) {
      try (RunReader reader = RunReader.open(home.open(run))) {
        return installation.dataset(reader.header().options().inputs().dataset());
      }
    }
    List<String> names = installation.sampleDatasets();
    if (name == null || !names.contains(name)) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "there is no sample dataset " + name + NearestName.hint(String.valueOf(name), names));
    }
    return DatasetReader.read(installation.datasetFile(name));
  }
}
