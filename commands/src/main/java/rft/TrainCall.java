package rft;

import java.io.IOException;
import java.nio.file.Path;
import rft.command.Model;
import rft.command.Run;
import rft.command.Train;
import rft.dataset.Dataset;
import rft.loop.HandLoop;
import rft.reward.RewardUnit;
import rft.rollout.LoadedModel;

/** The options of {@code train}, to be run at the end. */
public final class TrainCall extends Call<Train.Report, TrainCall> {
  TrainCall() {
    super(Train::new);
  }

  /**
   * Returns the stages of this training one by one, for a loop written by hand.
   *
   * @param model the model to train; the caller closes it
   */
  public HandLoop byHand(LoadedModel model) throws IOException {
    try (LentNames names = new LentNames()) {
      Train verb = new Train();
      parse(verb, arguments(names));
      return verb.byHand(model);
    }
  }

  /** A base model's name, a folder or a GGUF file (default tiny-chat). */
  public TrainCall model(String name) {
    return set("--model", name);
  }

  /** A base model's name, a folder or a GGUF file (default tiny-chat). */
  public TrainCall model(Path folder) {
    return set("--model", folder);
  }

  /** A base model's name, a folder or a GGUF file (default tiny-chat). */
  public TrainCall model(Model model) {
    return set("--model", model);
  }

  /** A base model's name, a folder or a GGUF file (default tiny-chat). */
  public TrainCall model(Run run) {
    return set("--model", run);
  }

  /** A sample dataset's name or a .jsonl file. */
  public TrainCall data(String name) {
    return set("--data", name);
  }

  /** A sample dataset's name or a .jsonl file. */
  public TrainCall data(Path file) {
    return set("--data", file);
  }

  /** A sample dataset's name or a .jsonl file. */
  public TrainCall data(Dataset dataset) {
    return set("--data", dataset);
  }

  /** A ready reward's name, a reward's file or address (default: the sample dataset's). */
  public TrainCall reward(String name) {
    return set("--reward", name);
  }

  /** A ready reward's name, a reward's file or address (default: the sample dataset's). */
  public TrainCall reward(Path file) {
    return set("--reward", file);
  }

  /** A ready reward's name, a reward's file or address (default: the sample dataset's). */
  public TrainCall reward(RewardUnit unit) {
    return set("--reward", unit);
  }

  /** What validation accuracy means: a reward that trains nothing (default: the reward itself). */
  public TrainCall check(String name) {
    return set("--check", name);
  }

  /** What validation accuracy means: a reward that trains nothing (default: the reward itself). */
  public TrainCall check(Path file) {
    return set("--check", file);
  }

  /** What validation accuracy means: a reward that trains nothing (default: the reward itself). */
  public TrainCall check(RewardUnit unit) {
    return set("--check", unit);
  }

  /** Begins the run's id (default: the dataset's name). */
  public TrainCall name(String value) {
    return set("--name", value);
  }

  /** Go on with a run that stopped. */
  public TrainCall resume(String id) {
    return set("--resume", id);
  }

  /** Go on with a run that stopped. */
  public TrainCall resume(Run run) {
    return set("--resume", run);
  }

  /** Begin a new run from a checkpoint; options given here replace that run's. */
  public TrainCall fork(String id) {
    return set("--fork", id);
  }

  /** Begin a new run from a checkpoint; options given here replace that run's. */
  public TrainCall fork(Run run) {
    return set("--fork", run);
  }

  /** Begin a new run from a checkpoint; options given here replace that run's. */
  public TrainCall fork(Run run, int step) {
    return set("--fork", run.id() + "@" + step);
  }

  /** Train N times with seeds from --seed on, and state the spread. */
  public TrainCall seeds(int value) {
    return set("--seeds", value);
  }

  /** Train once for each choice of values, one after the other: lr=1e-3,2e-3;group-size=8,16. */
  public TrainCall sweep(String value) {
    return set("--sweep", value);
  }

  /**
   * grpo; sft (imitate the references); sft-self (imitate the base's own correct samples); random-
   * reward (a control that must gain nothing). Default: grpo.
   */
  public TrainCall method(String value) {
    return set("--method", value);
  }

  /** Optimizer steps (default 50). */
  public TrainCall steps(int value) {
    return set("--steps", value);
  }

  /** Tasks per step (default 8). */
  public TrainCall tasksPerStep(int value) {
    return set("--tasks-per-step", value);
  }

  /** Rollouts per task (default 16). */
  public TrainCall groupSize(int value) {
    return set("--group-size", value);
  }

  /** Updates per batch of rollouts (default 1). */
  public TrainCall mu(int value) {
    return set("--mu", value);
  }

  /** Rollouts back-propagated at once (default 128). */
  public TrainCall microBatch(int value) {
    return set("--micro-batch", value);
  }

  /** Longest completion, end token included (default 48). */
  public TrainCall maxNewTokens(int value) {
    return set("--max-new-tokens", value);
  }

  /** Sampling temperature (default 1.0). */
  public TrainCall temperature(double value) {
    return set("--temperature", value);
  }

  /** Nucleus sampling (default 1.0: off). */
  public TrainCall topP(double value) {
    return set("--top-p", value);
  }

  /** Most likely tokens kept (default 0: all). */
  public TrainCall topK(int value) {
    return set("--top-k", value);
  }

  /** dapo, grpo, bnpo, dr_grpo, gspo or cispo (default dapo). */
  public TrainCall loss(String value) {
    return set("--loss", value);
  }

  /** Lower clip of the ratio (default 0.2; gspo 3e-4; cispo has none). */
  public TrainCall clipLow(double value) {
    return set("--clip-low", value);
  }

  /** Upper clip of the ratio (default 0.2; dapo 0.28; gspo 4e-4; cispo: the cap itself, 5). */
  public TrainCall clipHigh(double value) {
    return set("--clip-high", value);
  }

  /** Weight of the k3 KL to the base (default 0.0). */
  public TrainCall kl(double value) {
    return set("--kl", value);
  }

  /** Store base log-probs of the rollouts every N steps (default 0: never). */
  public TrainCall klEvery(int value) {
    return set("--kl-every", value);
  }

  /**
   * Divide centred rewards by the std of the group, the batch, or none (default group; dr_grpo
   * none).
   */
  public TrainCall advantage(String value) {
    return set("--advantage", value);
  }

  /** Completions that hit the token limit train nothing. */
  public TrainCall maskTruncated() {
    return flag("--mask-truncated");
  }

  /** Learning rate (default 2e-3 for an adapter, 3e-4 for --full). */
  public TrainCall lr(double value) {
    return set("--lr", value);
  }

  /** constant, linear or cosine (default constant). */
  public TrainCall schedule(String value) {
    return set("--schedule", value);
  }

  /** Steps until the full rate (default 0). */
  public TrainCall warmupSteps(int value) {
    return set("--warmup-steps", value);
  }

  /** Of AdamW, on matrices (default 0.0). */
  public TrainCall weightDecay(double value) {
    return set("--weight-decay", value);
  }

  /** Longer gradients are scaled down to this (default 1.0). */
  public TrainCall maxGradNorm(double value) {
    return set("--max-grad-norm", value);
  }

  /** Train every weight instead of a LoRA adapter. */
  public TrainCall full() {
    return flag("--full");
  }

  /** LoRA rank (default 8). */
  public TrainCall rank(int value) {
    return set("--rank", value);
  }

  /** LoRA alpha (default: twice the rank). */
  public TrainCall alpha(double value) {
    return set("--alpha", value);
  }

  /** Projections with an adapter, by comma (default: all seven). */
  public TrainCall targets(String... values) {
    return set("--targets", String.join(",", values));
  }

  /** Steps between validations (default 10; 0: never). */
  public TrainCall validateEvery(int value) {
    return set("--validate-every", value);
  }

  /** Tasks per validation (default 64). */
  public TrainCall validationTasks(int value) {
    return set("--validation-tasks", value);
  }

  /** Samples per task (default 4). */
  public TrainCall validationSamples(int value) {
    return set("--validation-samples", value);
  }

  /** Steps between checkpoints (default 0: every step while small, else 10). */
  public TrainCall checkpointEvery(int value) {
    return set("--checkpoint-every", value);
  }

  /** A failed reward: abstain, zero, drop-group or stop (default abstain). */
  public TrainCall onFailure(String value) {
    return set("--on-failure", value);
  }

  /** Sets the share of failed rewards in a step above which the run stops; 1 never stops it. */
  public TrainCall stopAbove(double value) {
    return set("--stop-above", value);
  }

  /** Time limit of one reward call (default 5.0). */
  public TrainCall rewardSeconds(double value) {
    return set("--reward-seconds", value);
  }

  /** Seed of every random draw (default 0). */
  public TrainCall seed(long value) {
    return set("--seed", value);
  }

  /** cpu or cuda:N (default cpu). */
  public TrainCall device(String value) {
    return set("--device", value);
  }

  /** Threads that compute (default: the cores). */
  public TrainCall threads(int value) {
    return set("--threads", value);
  }

  /** Of frozen weights: f32, bf16 or, on a GPU, f16 (default f32). */
  public TrainCall precision(String value) {
    return set("--precision", value);
  }
}
