package rft;

import java.nio.file.Path;
import rft.command.RewardDiff;
import rft.command.Run;
import rft.command.SampleRollouts;
import rft.dataset.Dataset;
import rft.reward.RewardUnit;

/** The options of {@code reward diff}, to be run at the end. */
public final class DiffCall extends Call<RewardDiff.Report, DiffCall> {
  DiffCall() {
    super(RewardDiff::new);
  }

  /** The old reward, then the new one; one alone is compared with what was said before. */
  public DiffCall reward(String name) {
    return add(POSITIONAL, name);
  }

  /** The old reward, then the new one; one alone is compared with what was said before. */
  public DiffCall reward(Path file) {
    return add(POSITIONAL, file);
  }

  /** The old reward, then the new one; one alone is compared with what was said before. */
  public DiffCall reward(RewardUnit unit) {
    return add(POSITIONAL, unit);
  }

  /** The answers of this run. */
  public DiffCall run(String id) {
    return set("--run", id);
  }

  /** The answers of this run. */
  public DiffCall run(Run run) {
    return set("--run", run);
  }

  /** Only those of this step (default: from the first on). */
  public DiffCall step(int value) {
    return set("--step", value);
  }

  /** The answers that a cell sampled (%rollout ... --as NAME). */
  public DiffCall rollouts(String name) {
    return set("--rollouts", name);
  }

  /** The answers that a cell sampled (%rollout ... --as NAME). */
  public DiffCall rollouts(SampleRollouts.Report report) {
    return set("--rollouts", report);
  }

  /** Where their tasks are from (default: the run's). */
  public DiffCall data(String name) {
    return set("--data", name);
  }

  /** Where their tasks are from (default: the run's). */
  public DiffCall data(Path file) {
    return set("--data", file);
  }

  /** Where their tasks are from (default: the run's). */
  public DiffCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** Groups at most (default 256). */
  public DiffCall groups(int value) {
    return set("--groups", value);
  }

  /** From which reward on an answer passes (default 1.0). */
  public DiffCall threshold(double value) {
    return set("--threshold", value);
  }

  /** Time limit of one call (default 5.0). */
  public DiffCall rewardSeconds(double value) {
    return set("--reward-seconds", value);
  }
}
