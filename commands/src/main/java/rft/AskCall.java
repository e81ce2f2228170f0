package rft;

import java.nio.file.Path;
import rft.command.JudgeAsk;
import rft.dataset.Dataset;
import rft.reward.RewardUnit;

/** The options of {@code judge ask}, to be run at the end. */
public final class AskCall extends Call<JudgeAsk.Report, AskCall> {
  AskCall() {
    super(JudgeAsk::new);
  }

  /** A reward that asks a model: a ready one's name, or a file of one. */
  public AskCall reward(String value) {
    return set(POSITIONAL, value);
  }

  /** A reward that asks a model: a ready one's name, or a file of one. */
  public AskCall reward(Path file) {
    return set(POSITIONAL, file);
  }

  /** A reward that asks a model: a ready one's name, or a file of one. */
  public AskCall reward(RewardUnit unit) {
    return set(POSITIONAL, unit);
  }

  /** The dataset of the task. */
  public AskCall data(String value) {
    return set("--data", value);
  }

  /** The dataset of the task. */
  public AskCall data(Path file) {
    return set("--data", file);
  }

  /** The dataset of the task. */
  public AskCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** The id of its row (default: the first one). */
  public AskCall task(String value) {
    return set("--task", value);
  }

  /** What was asked, without data. */
  public AskCall prompt(String value) {
    return set("--prompt", value);
  }

  /** An answer that is known to be good, if there is one. */
  public AskCall reference(String value) {
    return set("--reference", value);
  }

  /** What was answered (default: the reference answer). */
  public AskCall completion(String value) {
    return set("--completion", value);
  }

  /** Where the judge answers, like http://127.0.0.1:8000/v1 (RFT_JUDGE_URL). */
  public AskCall url(String value) {
    return set("--url", value);
  }

  /** The judge's name there (RFT_JUDGE_MODEL). */
  public AskCall model(String value) {
    return set("--model", value);
  }

  /** The environment variable that holds its key (RFT_JUDGE_KEY_ENV). */
  public AskCall keyEnv(String value) {
    return set("--key-env", value);
  }

  /** Time limit of the call (default 120). */
  public AskCall rewardSeconds(double value) {
    return set("--reward-seconds", value);
  }
}
