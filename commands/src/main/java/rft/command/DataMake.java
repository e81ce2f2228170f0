package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rft.sample.SampleDatasets;
import rft.sample.SampleTask;

/** Writes one of the sample datasets, the same bytes for the same seed. */
@Command(
    name = "data make",
    description = "Write a sample dataset.",
    footer = "  rft data make --task addition --out addition.jsonl")
public final class DataMake implements Verb<DataMake.Made> {
  @Option(
      names = "--task",
      required = true,
      paramLabel = "NAME",
      completionCandidates = Names.SampleTasks.class,
      description = "addition, counting, dates, json, sorting or word-problems.")
  private String task = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write (default: TASK.jsonl).")
  private @Nullable Path out;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows to write (default ${DEFAULT-VALUE}).")
  private int rows = SampleDatasets.ROWS;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the draw (default ${DEFAULT-VALUE}).")
  private long seed = SampleDatasets.SEED;

  /** For picocli, which sets the options. */
  public DataMake() {}

  /**
   * What was written.
   *
   * @param file the dataset
   * @param rows its rows
   */
  public record Made(String file, int rows) implements Result {}

  @Override
  public Made run(Progress progress) throws IOException {
    SampleTask kind = SampleTaskName.require(task);
    if (rows < 1) {
      throw new IllegalArgumentException("--rows (" + rows + ") must be at least 1");
    }
    Path file = out == null ? Path.of(task + ".jsonl") : out;
    SampleDatasets.write(file, kind, seed, rows);
    return new Made(file.toString(), rows);
  }
}
