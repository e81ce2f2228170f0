package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.run.RunExport;
import rft.run.RunReader;

/** Writes a run's metrics and rollouts for other tools. */
@Command(
    name = "runs export",
    description = "Write a run's metrics as CSV or its rollouts as JSONL.",
    footer = "  rft runs export addition-20261124-213012-3f2a --csv metrics.csv")
public final class RunsExport implements Verb<RunsExport.Written> {
  @Parameters(
      arity = "1",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "The run's id (rft runs list).")
  private String id = "";

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Metrics: one row per step, one column per metric.")
  private @Nullable Path csv;

  @Option(
      names = "--jsonl",
      paramLabel = "FILE",
      description = "Rollouts: text, tokens, log-probs, verdict and advantage.")
  private @Nullable Path jsonl;

  @Option(names = "--force", description = "Replace files that are already there.")
  private boolean force;

  /** For picocli, which sets the options. */
  public RunsExport() {}

  /**
   * What was written.
   *
   * @param files one for each format asked for
   */
  public record Written(List<WrittenFile> files) implements Result {
    public Written {
      files = List.copyOf(files);
    }

    /** Returns {@code FAILED} if part of the run is damaged and left out. */
    @Override
    public ExitCode exitCode() {
      boolean whole = files.stream().allMatch(file -> file.problems().isEmpty());
      return whole ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  /**
   * One file.
   *
   * @param file its path
   * @param rows rows in it
   * @param problems what is damaged and left out
   */
  public record WrittenFile(String file, long rows, List<String> problems) {
    public WrittenFile {
      problems = List.copyOf(problems);
    }
  }

  @Override
  public Written run(Progress progress) throws IOException {
    if (csv == null && jsonl == null) {
      throw new CommandException(
          ExitCode.USAGE, "say what to write: --csv FILE for metrics, --jsonl FILE for rollouts");
    }
    if (csv != null) {
      new OutputFile("--csv", csv).require(force);
    }
    if (jsonl != null) {
      new OutputFile("--jsonl", jsonl).require(force);
    }
    List<WrittenFile> files = new ArrayList<>();
    try (RunReader reader = Run.named(id).reader()) {
      if (csv != null) {
        files.add(written(csv, RunExport.csv(reader, csv)));
      }
      if (jsonl != null) {
        files.add(written(jsonl, RunExport.jsonl(reader, jsonl)));
      }
    }
    return new Written(files);
  }

  private static WrittenFile written(Path file, RunExport.Summary summary) {
    return new WrittenFile(file.toString(), summary.rows(), summary.problems());
  }
}
