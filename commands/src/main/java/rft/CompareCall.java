package rft;

import java.nio.file.Path;
import rft.command.Compare;
import rft.command.Model;
import rft.command.Run;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.reward.RewardUnit;

/** The options of {@code compare}, to be run at the end. */
public final class CompareCall extends ModelCall<Compare.Report, CompareCall> {
  CompareCall() {
    super(Compare::new);
  }

  /** What to compare with (default: the tuned model without what is switched on). */
  public CompareCall base(String name) {
    return set("--base", name);
  }

  /** What to compare with (default: the tuned model without what is switched on). */
  public CompareCall base(Path folder) {
    return set("--base", folder);
  }

  /** What to compare with (default: the tuned model without what is switched on). */
  public CompareCall base(Model model) {
    return set("--base", model);
  }

  /** What to compare with (default: the tuned model without what is switched on). */
  public CompareCall base(Run run) {
    return set("--base", run);
  }

  /** A sample dataset's name or a .jsonl file. */
  public CompareCall data(String name) {
    return set("--data", name);
  }

  /** A sample dataset's name or a .jsonl file. */
  public CompareCall data(Path file) {
    return set("--data", file);
  }

  /** A sample dataset's name or a .jsonl file. */
  public CompareCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** The check (default: the sample dataset's). */
  public CompareCall reward(String name) {
    return set("--reward", name);
  }

  /** The check (default: the sample dataset's). */
  public CompareCall reward(Path file) {
    return set("--reward", file);
  }

  /** The check (default: the sample dataset's). */
  public CompareCall reward(RewardUnit unit) {
    return set("--reward", unit);
  }

  /** train, validation or test (default test). */
  public CompareCall split(String name) {
    return set("--split", name);
  }

  /** train, validation or test (default test). */
  public CompareCall split(Split split) {
    return set("--split", split.jsonName());
  }

  /** Most tasks to ask (default 50). */
  public CompareCall tasks(int value) {
    return set("--tasks", value);
  }

  /** Answers per task (default 4). */
  public CompareCall samples(int value) {
    return set("--samples", value);
  }

  /** Of the samples; 0 is greedy (default 1.0). */
  public CompareCall temperature(double value) {
    return set("--temperature", value);
  }

  /** Longest answer (default 48). */
  public CompareCall maxNewTokens(int value) {
    return set("--max-new-tokens", value);
  }

  /** Of the draws (default 0). */
  public CompareCall seed(long value) {
    return set("--seed", value);
  }
}
