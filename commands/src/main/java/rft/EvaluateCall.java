package rft;

import java.nio.file.Path;
import rft.command.Evaluate;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.reward.RewardUnit;

/** The options of {@code evaluate}, to be run at the end. */
public final class EvaluateCall extends ModelCall<Evaluate.Report, EvaluateCall> {
  EvaluateCall() {
    super(Evaluate::new);
  }

  /** A sample dataset's name or a .jsonl file. */
  public EvaluateCall data(String name) {
    return set("--data", name);
  }

  /** A sample dataset's name or a .jsonl file. */
  public EvaluateCall data(Path file) {
    return set("--data", file);
  }

  /** A sample dataset's name or a .jsonl file. */
  public EvaluateCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** The check (default: the sample dataset's). */
  public EvaluateCall reward(String name) {
    return set("--reward", name);
  }

  /** The check (default: the sample dataset's). */
  public EvaluateCall reward(Path file) {
    return set("--reward", file);
  }

  /** The check (default: the sample dataset's). */
  public EvaluateCall reward(RewardUnit unit) {
    return set("--reward", unit);
  }

  /** train, validation or test (default test). */
  public EvaluateCall split(String name) {
    return set("--split", name);
  }

  /** train, validation or test (default test). */
  public EvaluateCall split(Split split) {
    return set("--split", split.jsonName());
  }

  /** Most tasks to ask (default 200). */
  public EvaluateCall tasks(int value) {
    return set("--tasks", value);
  }

  /** Completions per task (default 4). */
  public EvaluateCall samples(int value) {
    return set("--samples", value);
  }

  /** Of the samples (default 1.0). */
  public EvaluateCall temperature(double value) {
    return set("--temperature", value);
  }

  /** Longest completion (default 48). */
  public EvaluateCall maxNewTokens(int value) {
    return set("--max-new-tokens", value);
  }

  /** Of the draws (default 0). */
  public EvaluateCall seed(long value) {
    return set("--seed", value);
  }

  /** Accuracy per value of these fields (default: each with 2 to 20 values). */
  public EvaluateCall by(String... values) {
    return set("--by", String.join(",", values));
  }
}
