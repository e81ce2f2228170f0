package rft;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import rft.command.RewardBreak;
import rft.command.Run;
import rft.command.SampleRollouts;
import rft.dataset.Dataset;
import rft.reward.RewardUnit;

/** The options of {@code reward break}, to be run at the end. */
public final class BreakCall extends Call<RewardBreak.Report, BreakCall> {
  BreakCall() {
    super(RewardBreak::new);
  }

  /** A ready reward's name, or a file or address of one. */
  public BreakCall reward(String name) {
    return set(POSITIONAL, name);
  }

  /** A ready reward's name, or a file or address of one. */
  public BreakCall reward(Path file) {
    return set(POSITIONAL, file);
  }

  /** A ready reward's name, or a file or address of one. */
  public BreakCall reward(RewardUnit unit) {
    return set(POSITIONAL, unit);
  }

  /** A sample dataset's name or a .jsonl file, with reference answers. */
  public BreakCall data(String name) {
    return set("--data", name);
  }

  /** A sample dataset's name or a .jsonl file, with reference answers. */
  public BreakCall data(Path file) {
    return set("--data", file);
  }

  /** A sample dataset's name or a .jsonl file, with reference answers. */
  public BreakCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** Any reward that says what is right (default: the sample dataset's). */
  public BreakCall gold(String name) {
    return set("--gold", name);
  }

  /** Any reward that says what is right (default: the sample dataset's). */
  public BreakCall gold(Path file) {
    return set("--gold", file);
  }

  /** Any reward that says what is right (default: the sample dataset's). */
  public BreakCall gold(RewardUnit unit) {
    return set("--gold", unit);
  }

  /** Tasks to attack (default 16). */
  public BreakCall tasks(int value) {
    return set("--tasks", value);
  }

  /** How a right answer is written, for example {@code #### {answer}}. */
  public BreakCall form(String text) {
    return set("--form", text);
  }

  /** Faults that are accepted, for example near-miss. */
  public BreakCall allow(String... classes) {
    return set("--allow", String.join(",", classes));
  }

  /** Answers that the reward scores at most (default 100000). */
  public BreakCall maxCalls(int value) {
    return set("--max-calls", value);
  }

  /** Time limit of one call (default 30.0). */
  public BreakCall rewardSeconds(double value) {
    return set("--reward-seconds", value);
  }

  /** The attacker: a small model (default tiny-chat). */
  public BreakCall model(String name) {
    return set("--model", name);
  }

  /** Time to try (default 60.0). */
  public BreakCall seconds(double value) {
    return set("--seconds", value);
  }

  /** Training steps at most; 0 for mutations alone (default 40). */
  public BreakCall steps(int value) {
    return set("--steps", value);
  }

  /** Mutations of each task, in eights, at most (default 40). */
  public BreakCall rounds(int value) {
    return set("--rounds", value);
  }

  /** Begin with the rollouts of this run, too. */
  public BreakCall run(String id) {
    return set("--run", id);
  }

  /** Begin with the rollouts of this run, too. */
  public BreakCall run(Run run) {
    return set("--run", run);
  }

  /** Begin with rollouts that a cell sampled, too. */
  public BreakCall rollouts(String name) {
    return set("--rollouts", name);
  }

  /** Begin with rollouts that a cell sampled, too. */
  public BreakCall rollouts(SampleRollouts.Report report) {
    return set("--rollouts", report);
  }

  /** Of mutations and draws (default 1). */
  public BreakCall seed(long value) {
    return set("--seed", value);
  }

  /** Keep these holes of the last search as counter-examples, and search no more. */
  public BreakCall save(int... numbers) {
    return set(
        "--save",
        Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(",")));
  }

  /** With save: where to (default: NAME.examples.jsonl beside the reward). */
  public BreakCall examples(Path file) {
    return set("--examples", file);
  }
}
