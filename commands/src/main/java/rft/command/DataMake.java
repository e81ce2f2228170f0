package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rft.sample.SampleDatasets;
import rft.sample.SampleKind;

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
      completionCandidates = Names.SampleKinds.class,
      description =
          "addition, counting, dates, json, sorting or word-problems; for a real model"
              + " arithmetic, extraction, instructions or labels.")
  private String task = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write (default: TASK.jsonl).")
  private @Nullable Path out;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows to write (default: as many as the bundled dataset).")
  private @Nullable Integer rows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the draw (default ${DEFAULT-VALUE}).")
  private long seed = SampleDatasets.SEED;

  @Option(names = "--force", description = "Replace a file that is already there.")
  private boolean force;

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
    SampleKind kind = SampleTaskName.requireKind(task);
    int count = rows == null ? kind.bundledRows() : rows;
    if (count < 1) {
      throw new IllegalArgumentException("--rows (" + count + ") must be at least 1");
    }
    Path file = out == null ? Path.of(task + ".jsonl") : out;
    new OutputFile("--out", file).require(force);
    SampleDatasets.write(file, kind, seed, count);
    return new Made(file.toString(), count);
  }
}
