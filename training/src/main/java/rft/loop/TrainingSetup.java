package rft.loop;

import java.util.List;
import java.util.function.BooleanSupplier;
import rft.advantage.GroupAdvantage;
import rft.loss.Clip;
import rft.loss.KlPenalty;
import rft.loss.Losses;
import rft.loss.NegativeLogLikelihood;
import rft.loss.PolicyLoss;
import rft.loss.SurrogateLoss;
import rft.optimizer.AdamW;
import rft.optimizer.LearningRate;
import rft.policy.CounterRandom.Purpose;
import rft.policy.Policy;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.policy.Scorer;
import rft.prompt.Prompt;
import rft.prompt.PromptSet;
import rft.reward.FailurePolicy;
import rft.rollout.LoadedModel;
import rft.rollout.LocalRolloutSource;
import rft.rollout.RolloutSource;
import rft.run.AdapterOptions;
import rft.run.LossOptions;
import rft.run.Method;
import rft.run.OptimizerOptions;
import rft.run.SamplingOptions;
import rft.run.TrainOptions;

/** Builds the loop that the options of a run describe. */
final class TrainingSetup {
  private final LoadedModel model;
  private final TrainOptions options;
  private final BooleanSupplier stop;

  TrainingSetup(LoadedModel model, TrainOptions options, BooleanSupplier stop) {
    this.model = model;
    this.options = options;
    this.stop = stop;
  }

  /** Makes the policy trainable as the options say: an adapter, or all weights. */
  void prepare() {
    AdapterOptions adapter = options.adapter();
    Policy policy = model.policy();
    if (adapter.full()) {
      policy.trainAll(needsBase());
    } else {
      policy.attachAdapter(SavedWeights.shape(adapter), options.seed());
    }
  }

  private boolean needsBase() {
    return options.loss().klBeta() > 0
        || options.loop().klEvery() > 0
        || options.method() == Method.SFT_SELF;
  }

  AdamW optimizer() {
    OptimizerOptions optimizer = options.optimizer();
    return new AdamW(model.policy(), optimizer.beta1(), optimizer.beta2(), optimizer.weightDecay());
  }

  /** Returns the loop over the prompts that fit the context. */
  GrpoLoop loop(PromptSet prompts, GroupJudge reward, FailurePolicy failures, AdamW optimizer) {
    return new GrpoLoop(parts(prompts, reward, failures, optimizer));
  }

  /** Returns the stages of that loop. */
  GrpoLoop.Parts parts(
      PromptSet prompts, GroupJudge reward, FailurePolicy failures, AdamW optimizer) {
    List<Prompt> kept = prompts.kept();
    TaskOrder order = new TaskOrder(kept, options.loop().tasksPerStep(), options.seed());
    GroupJudge judge =
        switch (options.method()) {
          case GRPO, SFT_SELF -> reward;
          case RANDOM_REWARD -> new RandomGroupJudge(options.seed());
          case SFT_REFERENCE -> new FullMarksJudge();
        };
    return new GrpoLoop.Parts(
        order::at,
        rollouts(),
        judge,
        advantages(),
        gradients(),
        optimizer,
        new LearningRate(options.optimizer(), options.loop().steps()),
        new GrpoLoop.Limits(
            options.loop().innerIterations(), options.optimizer().maxGradNorm(), failures));
  }

  private boolean supervised() {
    return options.method() == Method.SFT_REFERENCE || options.method() == Method.SFT_SELF;
  }

  private RolloutSource rollouts() {
    if (options.method() == Method.SFT_REFERENCE) {
      return new ReferenceSource(model.tokenizer());
    }
    PolicyView view = options.method() == Method.SFT_SELF ? PolicyView.BASE : PolicyView.TUNED;
    return model.rollouts(
        new LocalRolloutSource.Draw(
            view,
            options.loop().groupSize(),
            settings(options.sampling()),
            options.seed(),
            Purpose.SAMPLE),
        stop);
  }

  static SamplingSettings settings(SamplingOptions sampling) {
    return new SamplingSettings(
        sampling.maxNewTokens(), sampling.temperature(), sampling.topP(), sampling.topK());
  }

  private GroupAdvantage advantages() {
    if (supervised()) {
      return new FullMarksOnly();
    }
    return switch (options.loss().scale()) {
      case GROUP -> GroupAdvantage.group();
      case BATCH -> GroupAdvantage.batch();
      case NONE -> GroupAdvantage.none();
    };
  }

  private GradientSource gradients() {
    PolicyLoss loss = supervised() ? new NegativeLogLikelihood() : policyLoss(options.loss());
    boolean usesBase = !supervised() && options.loss().klBeta() > 0;
    LocalGradientSource.Settings settings =
        new LocalGradientSource.Settings(
            loss,
            usesBase,
            options.loss().maskTruncated(),
            options.sampling().maxNewTokens(),
            options.loop().microBatchRollouts());
    Scorer scorer = new Scorer(model.policy(), options.sampling().temperature());
    GradientSource local =
        new LocalGradientSource(model.policy(), scorer, model.shards(), settings);
    return supervised() ? new SupervisedGradientSource(local) : local;
  }

  /** Returns the loss object that the options name. */
  static SurrogateLoss policyLoss(LossOptions options) {
    SurrogateLoss loss =
        switch (options.kind()) {
          case GRPO -> Losses.grpo(clip(options));
          case BNPO -> Losses.bnpo(clip(options));
          case DR_GRPO -> Losses.drGrpo(clip(options));
          case DAPO -> Losses.dapo(clip(options));
          case GSPO -> Losses.gspo(clip(options));
          case CISPO -> Losses.cispo(options.clipHigh());
        };
    return options.klBeta() > 0 ? loss.withKl(KlPenalty.k3(options.klBeta())) : loss;
  }

  private static Clip clip(LossOptions options) {
    return Clip.of(options.clipLow(), options.clipHigh());
  }
}
