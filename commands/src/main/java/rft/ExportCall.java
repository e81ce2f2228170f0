package rft;

import java.nio.file.Path;
import rft.command.Run;
import rft.command.RunsExport;

/** The options of {@code runs export}, to be run at the end. */
public final class ExportCall extends Call<RunsExport.Written, ExportCall> {
  ExportCall() {
    super(RunsExport::new);
  }

  /** The run's id (rft runs list). */
  public ExportCall run(String id) {
    return set(POSITIONAL, id);
  }

  /** The run's id (rft runs list). */
  public ExportCall run(Run run) {
    return set(POSITIONAL, run);
  }

  /** Metrics: one row per step, one column per metric. */
  public ExportCall csv(Path path) {
    return set("--csv", path);
  }

  /** Metrics: one row per step, one column per metric. */
  public ExportCall csv(String path) {
    return set("--csv", path);
  }

  /** Rollouts: text, tokens, log-probs, verdict and advantage. */
  public ExportCall jsonl(Path path) {
    return set("--jsonl", path);
  }

  /** Rollouts: text, tokens, log-probs, verdict and advantage. */
  public ExportCall jsonl(String path) {
    return set("--jsonl", path);
  }

  /** Whether files that are already there are replaced. */
  public ExportCall force(boolean force) {
    return set("--force", force);
  }
}
