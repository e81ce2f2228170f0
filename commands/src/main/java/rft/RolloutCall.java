package rft;

import java.nio.file.Path;
import rft.command.SampleRollouts;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.reward.RewardUnit;

/** The options of {@code rollout}, to be run at the end. */
public final class RolloutCall extends ModelCall<SampleRollouts.Report, RolloutCall> {
  RolloutCall() {
    super(SampleRollouts::new);
  }

  /** A sample dataset's name or a .jsonl file. */
  public RolloutCall data(String name) {
    return set("--data", name);
  }

  /** A sample dataset's name or a .jsonl file. */
  public RolloutCall data(Path file) {
    return set("--data", file);
  }

  /** A sample dataset's name or a .jsonl file. */
  public RolloutCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** What scores them (default: the sample dataset's). */
  public RolloutCall reward(String name) {
    return set("--reward", name);
  }

  /** What scores them (default: the sample dataset's). */
  public RolloutCall reward(Path file) {
    return set("--reward", file);
  }

  /** What scores them (default: the sample dataset's). */
  public RolloutCall reward(RewardUnit unit) {
    return set("--reward", unit);
  }

  /** train, validation or test (default train). */
  public RolloutCall split(String name) {
    return set("--split", name);
  }

  /** train, validation or test (default train). */
  public RolloutCall split(Split split) {
    return set("--split", split.jsonName());
  }

  /** Tasks (default 3). */
  public RolloutCall tasks(int value) {
    return set("--tasks", value);
  }

  /** Completions per task (default 8). */
  public RolloutCall groupSize(int value) {
    return set("--group-size", value);
  }

  /** Sampling temperature (default 1.0). */
  public RolloutCall temperature(double value) {
    return set("--temperature", value);
  }

  /** Nucleus sampling (default 1.0: off). */
  public RolloutCall topP(double value) {
    return set("--top-p", value);
  }

  /** Most likely tokens kept (default 0: all). */
  public RolloutCall topK(int value) {
    return set("--top-k", value);
  }

  /** Longest completion (default 48). */
  public RolloutCall maxNewTokens(int value) {
    return set("--max-new-tokens", value);
  }

  /** Of the draws (default 0). */
  public RolloutCall seed(long value) {
    return set("--seed", value);
  }
}
