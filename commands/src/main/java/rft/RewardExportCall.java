package rft;

import java.nio.file.Path;
import rft.command.RewardExport;
import rft.reward.RewardUnit;

/** The options of {@code reward export}, to be run at the end. */
public final class RewardExportCall extends Call<RewardExport.Written, RewardExportCall> {
  RewardExportCall() {
    super(RewardExport::new);
  }

  /** A ready reward's name, a reward's file or address. */
  public RewardExportCall reward(String name) {
    return set(POSITIONAL, name);
  }

  /** A ready reward's name, a reward's file or address. */
  public RewardExportCall reward(Path file) {
    return set(POSITIONAL, file);
  }

  /** A ready reward's name, a reward's file or address. */
  public RewardExportCall reward(RewardUnit unit) {
    return set(POSITIONAL, unit);
  }

  /** A Lambda function: a jar, or a zip for a Python reward. */
  public RewardExportCall lambda(Path path) {
    return set("--lambda", path);
  }

  /** A Lambda function: a jar, or a zip for a Python reward. */
  public RewardExportCall lambda(String path) {
    return set("--lambda", path);
  }

  /** The reward as runs keep it: source, classes and libraries. */
  public RewardExportCall jar(Path path) {
    return set("--jar", path);
  }

  /** The reward as runs keep it: source, classes and libraries. */
  public RewardExportCall jar(String path) {
    return set("--jar", path);
  }

  /** An OpenAI grader's JSON, where there is an equal one. */
  public RewardExportCall grader(Path path) {
    return set("--grader", path);
  }

  /** An OpenAI grader's JSON, where there is an equal one. */
  public RewardExportCall grader(String path) {
    return set("--grader", path);
  }

  /** The source, byte for byte. */
  public RewardExportCall source(Path path) {
    return set("--source", path);
  }

  /** The source, byte for byte. */
  public RewardExportCall source(String path) {
    return set("--source", path);
  }

  /** Whether files that are already there are replaced. */
  public RewardExportCall force(boolean force) {
    return set("--force", force);
  }
}
