package rft.loop;

import java.util.ArrayList;
import java.util.List;
import rft.dataset.Task;
import rft.loss.LossBatch;
import rft.optimizer.AdamW;
import rft.policy.PolicyView;
import rft.policy.Scorer;
import rft.policy.TokenScores;
import rft.prompt.Prompt;
import rft.prompt.PromptSet;
import rft.reward.FinishReason;
import rft.reward.RewardJudge;
import rft.rollout.LoadedModel;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.run.Method;
import rft.run.TrainOptions;

/**
 * The stages of a training one by one, for a loop written by hand. Called in this order, step by
 * step from 1, they do what {@link Trainer} does with the same options, to the last bit:
 *
 * <pre>{@code
 * List<Prompt> prompts = loop.prompts(step);                       // B
 * List<RolloutGroup> groups = loop.sample(prompts, step);          // B groups of G
 * List<JudgedGroup> judged = loop.judge(groups, step);
 * double[][] rewards = loop.rewards(judged);                       // (B, G)
 * double[][] advantages = loop.advantages(rewards);                // (B, G)
 * List<ScoredGroup> scored = loop.scored(judged, rewards, advantages);
 * try (StepGradient gradient = loop.backward(scored)) {
 *   GrpoLoop.Update update = loop.update(gradient, step);
 * }
 * }</pre>
 *
 * <p>Any stage may be replaced by one's own. Nothing is recorded.
 */
public final class HandLoop implements AutoCloseable {
  private final LoadedModel model;
  private final TrainOptions options;
  private final RewardJudge judge;
  private final AdamW optimizer;
  private final GrpoLoop.Parts parts;

  private HandLoop(
      LoadedModel model,
      TrainOptions options,
      RewardJudge judge,
      AdamW optimizer,
      GrpoLoop.Parts parts) {
    this.model = model;
    this.options = options;
    this.judge = judge;
    this.optimizer = optimizer;
    this.parts = parts;
  }

  /**
   * Makes the stages, with new weights to train; the model stays the caller's.
   *
   * @param tasks to learn from; those whose prompts do not fit the context are left out
   * @param judge says what a rollout is worth; the loop closes it
   */
  public static HandLoop of(
      LoadedModel model, TrainOptions options, List<Task> tasks, RewardJudge judge) {
    TrainingSetup setup =
        new TrainingSetup(model, options, () -> Thread.currentThread().isInterrupted());
    PromptSet prompts = model.prompts(tasks, options.sampling().maxNewTokens());
    setup.prepare();
    AdamW optimizer = setup.optimizer();
    return new HandLoop(
        model,
        options,
        judge,
        optimizer,
        setup.parts(prompts, new RewardGroupJudge(judge), options.reward().failures(), optimizer));
  }

  /** Returns the options. */
  public TrainOptions options() {
    return options;
  }

  /** Returns the prompts of a step, counted from 1. */
  public List<Prompt> prompts(int step) {
    return parts.order().at(step);
  }

  /** Returns a group of completions for each prompt; the same step on the same weights repeats. */
  public List<RolloutGroup> sample(List<Prompt> prompts, int step) {
    return parts.rollouts().sample(prompts, step);
  }

  /** Returns what the reward says of each. */
  public List<JudgedGroup> judge(List<RolloutGroup> groups, int step) {
    return parts.judge().judge(groups, step);
  }

  /** Returns the rewards, (B, G); NaN where a rollout leaves the statistics of its group. */
  public double[][] rewards(List<JudgedGroup> judged) {
    return JudgedGroup.rewards(judged, parts.limits().failures());
  }

  /** Returns how much better than its group each rollout is, (B, G). */
  public double[][] advantages(double[][] rewards) {
    return parts.advantage().of(rewards);
  }

  /** Returns the groups with their rewards and advantages, which the loss takes. */
  public List<ScoredGroup> scored(
      List<JudgedGroup> judged, double[][] rewards, double[][] advantages) {
    return JudgedGroup.scored(judged, rewards, advantages);
  }

  /** Returns loss and gradient of a step with one update; the caller closes it. */
  public StepGradient backward(List<ScoredGroup> scored) {
    return backward(scored, new OldLogProbs());
  }

  /**
   * Returns loss and gradient of one of several updates of a step.
   *
   * @param old the same object for all updates of the step
   */
  public StepGradient backward(List<ScoredGroup> scored, OldLogProbs old) {
    return parts.gradients().gradient(scored, old, () -> Thread.currentThread().isInterrupted());
  }

  /**
   * Scales the gradient down where it is too long, and applies it with the step's learning rate;
   * one that is not finite is skipped.
   */
  public GrpoLoop.Update update(StepGradient gradient, int step) {
    return GrpoLoop.apply(parts, gradient, parts.learningRate().at(step));
  }

  /**
   * Returns the arithmetic of one group as if it were the whole step.
   *
   * @throws IllegalStateException if the method imitates instead of comparing
   */
  public LossExplanation explainLoss(ScoredGroup group) {
    return explainLoss(List.of(group), 0);
  }

  /**
   * Returns the arithmetic of one group of a step, with the weights as they are now.
   *
   * @param place of the group in the step
   * @throws IllegalStateException if the method imitates instead of comparing
   */
  public LossExplanation explainLoss(List<ScoredGroup> step, int place) {
    if (options.method() != Method.GRPO && options.method() != Method.RANDOM_REWARD) {
      throw new IllegalStateException(
          "--method " + options.method().jsonName() + " imitates: it has no group to explain");
    }
    ScoredGroup group = step.get(place);
    LossBatch batch = new LossBatch(rows(group), options.sampling().maxNewTokens(), totals(step));
    double[][] rewards =
        step.stream()
            .map(g -> g.rewards().stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    return LossExplanation.of(
        options.loss(), TrainingSetup.policyLoss(options.loss()), batch, group.rewards(), rewards);
  }

  private LossBatch.Totals totals(List<ScoredGroup> step) {
    long tokens = 0;
    int rows = 0;
    for (ScoredGroup group : step) {
      for (Rollout rollout : group.group().rollouts()) {
        tokens += masked(rollout) ? 0 : rollout.mask().count();
        rows++;
      }
    }
    return new LossBatch.Totals(tokens, rows);
  }

  private List<LossBatch.Row> rows(ScoredGroup group) {
    List<int[]> prompt = List.of(group.group().prompt().tokens().toArray());
    List<Scorer.Row> tokens =
        group.group().rollouts().stream()
            .map(rollout -> Scorer.Row.of(0, rollout.tokens().tokens()))
            .toList();
    Scorer scorer = new Scorer(model.policy(), options.sampling().temperature());
    TokenScores now = scorer.score(PolicyView.TUNED, prompt, tokens);
    TokenScores base =
        options.loss().klBeta() > 0 ? scorer.score(PolicyView.BASE, prompt, tokens) : null;
    List<LossBatch.Row> rows = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Rollout rollout = group.group().rollouts().get(i);
      float[] sampled = rollout.tokens().logProbs();
      boolean[] mask = new boolean[sampled.length];
      for (int t = 0; t < mask.length; t++) {
        mask[t] = rollout.mask().at(t) && !masked(rollout);
      }
      float[] reference = base == null ? null : base.logProbs().get(i);
      rows.add(
          LossBatch.Row.of(
              now.logProbs().get(i), sampled, sampled, reference, mask, group.advantages().get(i)));
    }
    return rows;
  }

  private boolean masked(Rollout rollout) {
    return options.loss().maskTruncated()
        && rollout.completion().finishReason() == FinishReason.LENGTH;
  }

  /** Ends the reward's thread and frees the optimizer; the model stays open, as trained. */
  @Override
  public void close() {
    judge.close();
    optimizer.close();
  }
}
