package rft;

import java.nio.file.Path;
import rft.command.RewardTest;
import rft.dataset.Dataset;
import rft.reward.RewardUnit;

/** The options of {@code reward test}, to be run at the end. */
public final class RewardTestCall extends Call<RewardTest.Report, RewardTestCall> {
  RewardTestCall() {
    super(RewardTest::new);
  }

  /** A ready reward's name, a reward's file or address. */
  public RewardTestCall reward(String name) {
    return set(POSITIONAL, name);
  }

  /** A ready reward's name, a reward's file or address. */
  public RewardTestCall reward(Path file) {
    return set(POSITIONAL, file);
  }

  /** A ready reward's name, a reward's file or address. */
  public RewardTestCall reward(RewardUnit unit) {
    return set(POSITIONAL, unit);
  }

  /** Replay only these (default: NAME.examples.jsonl beside the reward). */
  public RewardTestCall examples(Path file) {
    return set("--examples", file);
  }

  /** Time limit of one call (default 20.0). */
  public RewardTestCall rewardSeconds(double value) {
    return set("--reward-seconds", value);
  }

  /** Add an example and replay it alone. */
  public RewardTestCall add() {
    return flag("--add");
  }

  /** With add: the dataset of the task. */
  public RewardTestCall data(String name) {
    return set("--data", name);
  }

  /** With add: the dataset of the task. */
  public RewardTestCall data(Path file) {
    return set("--data", file);
  }

  /** With add: the dataset of the task. */
  public RewardTestCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** With add: the id of its row. */
  public RewardTestCall task(String id) {
    return set("--task", id);
  }

  /** With add: what was answered. */
  public RewardTestCall completion(String text) {
    return set("--completion", text);
  }

  /** With add: the least it must pay. */
  public RewardTestCall min(double value) {
    return set("--min", value);
  }

  /** With add: the most it may pay; 0 for a counter-example. */
  public RewardTestCall max(double value) {
    return set("--max", value);
  }

  /** With add: it must not apply. */
  public RewardTestCall abstain() {
    return flag("--abstain");
  }

  /** With add: the reason. */
  public RewardTestCall why(String reason) {
    return set("--why", reason);
  }
}
