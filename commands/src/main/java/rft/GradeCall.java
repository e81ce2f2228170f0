package rft;

import java.nio.file.Path;
import rft.command.GraderRun;
import rft.command.Run;
import rft.dataset.Dataset;
import rft.reward.RewardUnit;

/** The options of {@code grader run}, to be run at the end. */
public final class GradeCall extends Call<GraderRun.Report, GradeCall> {
  GradeCall() {
    super(GraderRun::new);
  }

  /** A grader as JSON. */
  public GradeCall reward(String name) {
    return set(POSITIONAL, name);
  }

  /** A grader as JSON. */
  public GradeCall reward(Path path) {
    return set(POSITIONAL, path);
  }

  /** A reward that is a grader, for example one of its own cell. */
  public GradeCall reward(RewardUnit unit) {
    return set(POSITIONAL, unit);
  }

  /** The row: a JSON object, or a file that holds one (default {}). */
  public GradeCall item(String row) {
    return set("--item", row);
  }

  /** The answer to grade. */
  public GradeCall sample(String text) {
    return set("--sample", text);
  }

  /** Grade the reference answers of a dataset, or look up a run's rows. */
  public GradeCall data(String name) {
    return set("--data", name);
  }

  /** Grade the reference answers of a dataset, or look up a run's rows. */
  public GradeCall data(Path file) {
    return set("--data", file);
  }

  /** Grade the reference answers of a dataset, or look up a run's rows. */
  public GradeCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** Grade rollouts of this run. */
  public GradeCall run(String id) {
    return set("--run", id);
  }

  /** Grade rollouts of this run. */
  public GradeCall run(Run run) {
    return set("--run", run);
  }

  /** Only rollouts of this step (default: the last ones). */
  public GradeCall step(int value) {
    return set("--step", value);
  }

  /** Reference answers at most (default 8). */
  public GradeCall rows(int value) {
    return set("--rows", value);
  }

  /** Rollouts at most (default 200). */
  public GradeCall limit(int value) {
    return set("--limit", value);
  }
}
