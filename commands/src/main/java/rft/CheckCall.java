package rft;

import java.nio.file.Path;
import rft.command.JudgeChecking;
import rft.command.Run;
import rft.command.SampleRollouts;
import rft.dataset.Dataset;
import rft.reward.RewardUnit;

/** The options of {@code judge check}, to be run at the end. */
public final class CheckCall extends Call<JudgeChecking.Report, CheckCall> {
  CheckCall() {
    super(JudgeChecking::new);
  }

  /** A reward that asks a model: a ready one's name, or a file of one. */
  public CheckCall reward(String value) {
    return set(POSITIONAL, value);
  }

  /** A reward that asks a model: a ready one's name, or a file of one. */
  public CheckCall reward(Path file) {
    return set(POSITIONAL, file);
  }

  /** A reward that asks a model: a ready one's name, or a file of one. */
  public CheckCall reward(RewardUnit unit) {
    return set(POSITIONAL, unit);
  }

  /** The dataset of the tasks; alone, its references and spoilt copies of them. */
  public CheckCall data(String value) {
    return set("--data", value);
  }

  /** The dataset of the tasks; alone, its references and spoilt copies of them. */
  public CheckCall data(Path file) {
    return set("--data", file);
  }

  /** The dataset of the tasks; alone, its references and spoilt copies of them. */
  public CheckCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** Judge rollouts of this run. */
  public CheckCall run(String value) {
    return set("--run", value);
  }

  /** Judge rollouts of this run. */
  public CheckCall run(Run run) {
    return set("--run", run);
  }

  /** Only rollouts of this step. */
  public CheckCall step(int value) {
    return set("--step", value);
  }

  /** Judge what a cell sampled (%rollout ... --as NAME). */
  public CheckCall rollouts(String value) {
    return set("--rollouts", value);
  }

  /** Judge what a cell sampled (%rollout ... --as NAME). */
  public CheckCall rollouts(SampleRollouts.Report report) {
    return set("--rollouts", report);
  }

  /** Answers to judge, about (default 64). */
  public CheckCall limit(int value) {
    return set("--limit", value);
  }

  /** Readings of each answer (default 3). */
  public CheckCall repeats(int value) {
    return set("--repeats", value);
  }

  /** Pairs to compare in both orders, 0 for none (default 16). */
  public CheckCall pairs(int value) {
    return set("--pairs", value);
  }

  /** A check of what answers are really worth. */
  public CheckCall truth(String value) {
    return set("--truth", value);
  }

  /** A check of what answers are really worth. */
  public CheckCall truth(Path file) {
    return set("--truth", file);
  }

  /** A check of what answers are really worth. */
  public CheckCall truth(RewardUnit unit) {
    return set("--truth", unit);
  }

  /** JSON lines {"task", "completion", "label"}: what people say. */
  public CheckCall labels(String value) {
    return set("--labels", value);
  }

  /** JSON lines {"task", "completion", "label"}: what people say. */
  public CheckCall labels(Path file) {
    return set("--labels", file);
  }

  /** A second judge at the same endpoint, to compare with. */
  public CheckCall otherModel(String value) {
    return set("--other-model", value);
  }

  /** Where the judge answers, like http://127.0.0.1:8000/v1 (RFT_JUDGE_URL). */
  public CheckCall url(String value) {
    return set("--url", value);
  }

  /** The judge's name there (RFT_JUDGE_MODEL). */
  public CheckCall model(String value) {
    return set("--model", value);
  }

  /** The environment variable that holds its key (RFT_JUDGE_KEY_ENV). */
  public CheckCall keyEnv(String value) {
    return set("--key-env", value);
  }

  /** Of what is drawn (default 1). */
  public CheckCall seed(long value) {
    return set("--seed", value);
  }

  /** Time limit of one call (default 120). */
  public CheckCall rewardSeconds(double value) {
    return set("--reward-seconds", value);
  }
}
