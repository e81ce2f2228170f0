package rft;

import java.nio.file.Path;
import rft.command.RewardProbe;
import rft.dataset.Dataset;
import rft.reward.RewardUnit;

/** The options of {@code reward probe}, to be run at the end. */
public final class ProbeCall extends Call<RewardProbe.Report, ProbeCall> {
  ProbeCall() {
    super(RewardProbe::new);
  }

  /** A ready reward's name, or a file or address of one. */
  public ProbeCall reward(String name) {
    return set(POSITIONAL, name);
  }

  /** A ready reward's name, or a file or address of one. */
  public ProbeCall reward(Path file) {
    return set(POSITIONAL, file);
  }

  /** A ready reward's name, or a file or address of one. */
  public ProbeCall reward(RewardUnit unit) {
    return set(POSITIONAL, unit);
  }

  /** A sample dataset's name or a .jsonl file, with reference answers. */
  public ProbeCall data(String name) {
    return set("--data", name);
  }

  /** A sample dataset's name or a .jsonl file, with reference answers. */
  public ProbeCall data(Path file) {
    return set("--data", file);
  }

  /** A sample dataset's name or a .jsonl file, with reference answers. */
  public ProbeCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** The check that says what is right; its score is shown beside the reward. */
  public ProbeCall gold(String name) {
    return set("--gold", name);
  }

  /** The check that says what is right; its score is shown beside the reward. */
  public ProbeCall gold(Path file) {
    return set("--gold", file);
  }

  /** The check that says what is right; its score is shown beside the reward. */
  public ProbeCall gold(RewardUnit unit) {
    return set("--gold", unit);
  }

  /** Tasks to attack (default 20). */
  public ProbeCall tasks(int value) {
    return set("--tasks", value);
  }

  /**
   * How a right answer is written, for example {@code #### {answer}} (default: the form that is
   * paid best).
   */
  public ProbeCall form(String text) {
    return set("--form", text);
  }

  /** Faults that are accepted, for example near-miss. */
  public ProbeCall allow(String... classes) {
    return set("--allow", String.join(",", classes));
  }

  /** Answers that the reward scores at most (default 2000). */
  public ProbeCall maxCalls(int value) {
    return set("--max-calls", value);
  }

  /** Time limit of one call (default 30.0). */
  public ProbeCall rewardSeconds(double value) {
    return set("--reward-seconds", value);
  }
}
