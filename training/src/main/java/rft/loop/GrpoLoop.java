package rft.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import rft.advantage.GroupAdvantage;
import rft.optimizer.AdamW;
import rft.optimizer.LearningRate;
import rft.prompt.Prompt;
import rft.reward.FailurePolicy;
import rft.rollout.RolloutGroup;
import rft.rollout.RolloutSource;

/**
 * Group relative policy optimization, one step at a time.
 *
 * @see <a href="https://arxiv.org/abs/2402.03300">DeepSeekMath</a>, section 4.1
 */
public final class GrpoLoop {
  private final Parts parts;

  /**
   * The stages of a step.
   *
   * @param order which prompts a step trains on
   * @param rollouts where completions come from
   * @param judge what a group is worth
   * @param advantage turns rewards into advantages
   * @param gradients where gradients come from
   * @param optimizer applies them
   * @param learningRate of each step
   * @param limits inner iterations and clipping
   */
  public record Parts(
      PromptOrder order,
      RolloutSource rollouts,
      GroupJudge judge,
      GroupAdvantage advantage,
      GradientSource gradients,
      AdamW optimizer,
      LearningRate learningRate,
      Limits limits) {}

  /** Which prompts a step trains on. */
  @FunctionalInterface
  public interface PromptOrder {
    List<Prompt> at(int step);
  }

  /**
   * Bounds of a step.
   *
   * @param innerIterations optimizer updates per batch of rollouts (mu); at least 1
   * @param maxGradientNorm longer gradients are scaled to this length; 0 scales none
   * @param failures what a failed reward means
   */
  public record Limits(int innerIterations, double maxGradientNorm, FailurePolicy failures) {}

  public GrpoLoop(Parts parts) {
    this.parts = parts;
  }

  /**
   * Returns what one step did; the only place that names every stage.
   *
   * @param step counted from 1; the same number on the same weights gives the same result
   * @param stop true abandons the step while it has changed nothing yet
   * @throws CancellationException if the step was abandoned
   */
  public StepOutcome step(int step, BooleanSupplier stop) {
    Stopwatch watch = new Stopwatch();
    List<Prompt> prompts = parts.order().at(step); // B
    List<RolloutGroup> groups = parts.rollouts().sample(prompts, step); // B groups of G
    watch.lap(Stopwatch.Stage.ROLLOUT);
    List<JudgedGroup> judged = parts.judge().judge(groups, step);
    watch.lap(Stopwatch.Stage.REWARD);
    double[][] rewards = JudgedGroup.rewards(judged, parts.limits().failures()); // (B, G)
    double[][] advantages = parts.advantage().of(rewards); // (B, G)
    List<ScoredGroup> scored = JudgedGroup.scored(judged, rewards, advantages);
    double learningRate = parts.learningRate().at(step);
    List<Update> updates = new ArrayList<>();
    OldLogProbs old = new OldLogProbs();
    for (int inner = 0; inner < parts.limits().innerIterations(); inner++) {
      BooleanSupplier mayStop = inner == 0 ? stop : () -> false;
      updates.add(update(scored, old, learningRate, mayStop));
    }
    watch.lap(Stopwatch.Stage.TRAIN);
    return new StepOutcome(step, scored, judged, updates, learningRate, watch);
  }

  private Update update(
      List<ScoredGroup> scored, OldLogProbs old, double learningRate, BooleanSupplier stop) {
    try (StepGradient gradient = parts.gradients().gradient(scored, old, stop)) {
      return apply(parts, gradient, learningRate);
    }
  }

  static Update apply(Parts parts, StepGradient gradient, double learningRate) {
    double norm = gradient.total().norm();
    boolean finite = Double.isFinite(norm) && Double.isFinite(gradient.report().loss());
    if (finite) {
      double max = parts.limits().maxGradientNorm();
      parts
          .optimizer()
          .step(gradient.total(), learningRate, max > 0 && norm > max ? max / norm : 1);
    }
    return new Update(gradient.report(), norm, !finite);
  }

  /**
   * One optimizer update, or one that was skipped.
   *
   * @param report what the loss saw
   * @param gradientNorm before clipping
   * @param skipped whether loss or gradient was not finite, so that the weights were left alone
   */
  public record Update(LossReport report, double gradientNorm, boolean skipped) {}
}
