package rft;

import java.nio.file.Path;
import java.util.Map;
import rft.command.RewardTry;
import rft.command.Run;
import rft.command.SampleRollouts;
import rft.dataset.Dataset;
import rft.reward.RewardUnit;

/** The options of {@code reward try}, to be run at the end. */
public final class ScoreCall extends Call<RewardTry.Report, ScoreCall> {
  ScoreCall() {
    super(RewardTry::new);
  }

  /** A ready reward's name, a reward's file or address. */
  public ScoreCall reward(String name) {
    return set(POSITIONAL, name);
  }

  /** A ready reward's name, a reward's file or address. */
  public ScoreCall reward(Path file) {
    return set(POSITIONAL, file);
  }

  /** A ready reward's name, a reward's file or address. */
  public ScoreCall reward(RewardUnit unit) {
    return set(POSITIONAL, unit);
  }

  /** A sample dataset's name or a .jsonl file (default: the run's). */
  public ScoreCall data(String name) {
    return set("--data", name);
  }

  /** A sample dataset's name or a .jsonl file (default: the run's). */
  public ScoreCall data(Path file) {
    return set("--data", file);
  }

  /** A sample dataset's name or a .jsonl file (default: the run's). */
  public ScoreCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** Score rollouts of this run, and compare with what it stored. */
  public ScoreCall run(String id) {
    return set("--run", id);
  }

  /** Score rollouts of this run, and compare with what it stored. */
  public ScoreCall run(Run run) {
    return set("--run", run);
  }

  /** Only rollouts of this step (default: the last ones). */
  public ScoreCall step(int value) {
    return set("--step", value);
  }

  /** Score rollouts that a cell sampled (%rollout ... --as NAME). */
  public ScoreCall rollouts(String name) {
    return set("--rollouts", name);
  }

  /** Score rollouts that a cell sampled (%rollout ... --as NAME). */
  public ScoreCall rollouts(SampleRollouts.Report report) {
    return set("--rollouts", report);
  }

  /** Reference answers to score (default 8). */
  public ScoreCall rows(int value) {
    return set("--rows", value);
  }

  /** Rollouts to score at most (default 200). */
  public ScoreCall limit(int value) {
    return set("--limit", value);
  }

  /** Other weights of its parts, for example correct=1,brief=0.2. */
  public ScoreCall weights(Map<String, Double> byPart) {
    return entries("--weights", byPart);
  }

  /** The weight of one part; the others stay. */
  public ScoreCall weight(String part, double weight) {
    return add("--weights", part + "=" + weight);
  }

  /** Time limit of one call (default 5.0). */
  public ScoreCall rewardSeconds(double value) {
    return set("--reward-seconds", value);
  }
}
