package rft;

import java.nio.file.Path;
import rft.command.Model;
import rft.command.RewardCard;
import rft.command.Run;
import rft.command.SampleRollouts;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.reward.RewardUnit;

/** The options of {@code reward card}, to be run at the end. */
public final class CardCall extends Call<RewardCard.Report, CardCall> {
  CardCall() {
    super(RewardCard::new);
  }

  /** A ready reward's name, a reward's file or address. */
  public CardCall reward(String name) {
    return set(POSITIONAL, name);
  }

  /** A ready reward's name, a reward's file or address. */
  public CardCall reward(Path file) {
    return set(POSITIONAL, file);
  }

  /** A ready reward's name, a reward's file or address. */
  public CardCall reward(RewardUnit unit) {
    return set(POSITIONAL, unit);
  }

  /** A sample dataset's name or a .jsonl file (default: the run's). */
  public CardCall data(String name) {
    return set("--data", name);
  }

  /** A sample dataset's name or a .jsonl file (default: the run's). */
  public CardCall data(Path file) {
    return set("--data", file);
  }

  /** A sample dataset's name or a .jsonl file (default: the run's). */
  public CardCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** train, validation or test (default train). */
  public CardCall split(String name) {
    return set("--split", name);
  }

  /** train, validation or test (default train). */
  public CardCall split(Split split) {
    return set("--split", split.jsonName());
  }

  /** Tasks to sample answers of (default 64). */
  public CardCall tasks(int value) {
    return set("--tasks", value);
  }

  /** Answers per task, as in the training (default 8). */
  public CardCall groupSize(int value) {
    return set("--group-size", value);
  }

  /** What is to be trained (default tiny-chat). */
  public CardCall model(String name) {
    return set("--model", name);
  }

  /** What is to be trained (default tiny-chat). */
  public CardCall model(Path folder) {
    return set("--model", folder);
  }

  /** What is to be trained (default tiny-chat). */
  public CardCall model(Model model) {
    return set("--model", model);
  }

  /** cpu or cuda:N (default: the model's own, else cpu). */
  public CardCall device(String name) {
    return set("--device", name);
  }

  /** Parts of a batch side by side (default: the cores). */
  public CardCall threads(int value) {
    return set("--threads", value);
  }

  /** Of the draws (default 1.0). */
  public CardCall temperature(double value) {
    return set("--temperature", value);
  }

  /** Longest answer (default 48). */
  public CardCall maxNewTokens(int value) {
    return set("--max-new-tokens", value);
  }

  /** Of the draws (default 0). */
  public CardCall seed(long value) {
    return set("--seed", value);
  }

  /** Judge this run's answers, from its first step on, and sample none. */
  public CardCall run(String id) {
    return set("--run", id);
  }

  /** Judge this run's answers, from its first step on, and sample none. */
  public CardCall run(Run run) {
    return set("--run", run);
  }

  /** Only the run's answers of this step. */
  public CardCall step(int value) {
    return set("--step", value);
  }

  /** Judge what a cell sampled (%rollout ... --as NAME). */
  public CardCall rollouts(String name) {
    return set("--rollouts", name);
  }

  /** Judge what a cell sampled (%rollout ... --as NAME). */
  public CardCall rollouts(SampleRollouts.Report report) {
    return set("--rollouts", report);
  }

  /** What a right answer gets (default 1.0). */
  public CardCall fullMarks(double value) {
    return set("--full-marks", value);
  }

  /** The dataset's own answers to judge (default 200). */
  public CardCall gold(int value) {
    return set("--gold", value);
  }

  /** How they are written, with {answer} for the reference. */
  public CardCall goldForm(String value) {
    return set("--gold-form", value);
  }

  /** Answers to judge three times more (default 128). */
  public CardCall repeat(int value) {
    return set("--repeat", value);
  }

  /** Time limit of one call (default 5.0). */
  public CardCall rewardSeconds(double value) {
    return set("--reward-seconds", value);
  }
}
