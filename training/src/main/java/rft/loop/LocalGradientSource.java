package rft.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import rft.loss.LossBatch;
import rft.loss.LossResult;
import rft.loss.PolicyLoss;
import rft.policy.GradientTotal;
import rft.policy.Policy;
import rft.policy.PolicyView;
import rft.policy.Scorer;
import rft.policy.TokenScores;
import rft.reward.FinishReason;
import rft.rollout.Rollout;
import rft.rollout.Shards;

/**
 * Computes gradients with the policy of this process: groups side by side, micro-batch by
 * micro-batch.
 */
final class LocalGradientSource implements GradientSource {
  private final Policy policy;
  private final Scorer scorer;
  private final Shards shards;
  private final Settings settings;

  /**
   * How to compute.
   *
   * @param loss what to minimise
   * @param usesBase whether the loss needs log-probs of the base policy; groups without signal are
   *     computed, too, then: they pay for KL
   * @param maskTruncated whether a completion that hit the token limit trains nothing
   * @param maxNewTokens longest completion the sampler may produce
   * @param microBatchRollouts rollouts scored at once over all threads
   */
  record Settings(
      PolicyLoss loss,
      boolean usesBase,
      boolean maskTruncated,
      int maxNewTokens,
      int microBatchRollouts) {}

  LocalGradientSource(Policy policy, Scorer scorer, Shards shards, Settings settings) {
    this.policy = policy;
    this.scorer = scorer;
    this.shards = shards;
    this.settings = settings;
  }

  @Override
  public StepGradient gradient(List<ScoredGroup> groups, OldLogProbs old, BooleanSupplier stop) {
    LossBatch.Totals totals = totals(groups);
    // What is left out adds nothing; its tokens still count in the denominators.
    List<ScoredGroup> active =
        groups.stream().filter(group -> settings.usesBase() || group.hasSignal()).toList();
    GradientTotal total = new GradientTotal(policy);
    boolean done = false;
    try {
      LossReport report = LossReport.EMPTY;
      for (StepGradient part :
          shards.map(shares(active), own -> share(own, total.part(), totals, old, stop))) {
        total.add(part.total());
        part.close();
        report = report.plus(part.report());
      }
      done = true;
      return new StepGradient(total, report);
    } finally {
      if (!done) {
        total.close();
      }
    }
  }

  private LossBatch.Totals totals(List<ScoredGroup> groups) {
    long tokens = 0;
    int rows = 0;
    for (ScoredGroup group : groups) {
      for (Rollout rollout : group.group().rollouts()) {
        tokens += masked(rollout) ? 0 : rollout.mask().count();
        rows++;
      }
    }
    return new LossBatch.Totals(tokens, rows);
  }

  /** Returns what each thread computes: passes in order. */
  private List<List<List<ScoredGroup>>> shares(List<ScoredGroup> groups) {
    int threads = shards.threads();
    int rollouts = Math.max(1, settings.microBatchRollouts() / threads);
    int tokens = scorer.tokensPerPass();
    return new MicroBatches(rollouts, tokens).shares(groups, threads);
  }

  private StepGradient share(
      List<List<List<ScoredGroup>>> own,
      GradientTotal total,
      LossBatch.Totals totals,
      OldLogProbs old,
      BooleanSupplier stop) {
    LossReport report = LossReport.EMPTY;
    for (List<ScoredGroup> batch : own.stream().flatMap(List::stream).toList()) {
      if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the step was abandoned between micro-batches");
      }
      report = report.plus(MicroBatches.run(batch, part -> microBatch(part, totals, old, total)));
    }
    return new StepGradient(total, report);
  }

  private LossReport microBatch(
      List<ScoredGroup> groups, LossBatch.Totals totals, OldLogProbs old, GradientTotal total) {
    List<int[]> prompts =
        groups.stream().map(group -> group.group().prompt().tokens().toArray()).toList();
    List<Scorer.Row> rows = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (Rollout rollout : groups.get(i).group().rollouts()) {
        rows.add(Scorer.Row.of(i, rollout.tokens().tokens()));
      }
    }
    TokenScores base = settings.usesBase() ? scorer.score(PolicyView.BASE, prompts, rows) : null;
    try (Scorer.Scored scored = scorer.forward(prompts, rows)) {
      List<LossBatch.Row> lossRows = new ArrayList<>();
      SamplerGap gap = SamplerGap.NONE;
      int next = 0;
      for (ScoredGroup group : groups) {
        for (int i = 0; i < group.advantages().size(); i++) {
          Rollout rollout = group.group().rollouts().get(i);
          float[] logProbs = scored.scores().logProbs().get(next);
          float[] reference = base == null ? null : base.logProbs().get(next);
          float[] before = old.getOrStore(group.group().position(), rollout.index(), logProbs);
          lossRows.add(row(rollout, group.advantages().get(i), logProbs, before, reference));
          gap = gap.plus(SamplerGap.between(logProbs, rollout.tokens().logProbs()));
          next++;
        }
      }
      LossResult result =
          settings.loss().evaluate(new LossBatch(lossRows, settings.maxNewTokens(), totals));
      scored.gradient(result.gradient(), total);
      return report(result, gap);
    }
  }

  private boolean masked(Rollout rollout) {
    return settings.maskTruncated() && rollout.completion().finishReason() == FinishReason.LENGTH;
  }

  private LossBatch.Row row(
      Rollout rollout,
      double advantage,
      float[] logProbs,
      float[] before,
      float @Nullable [] base) {
    boolean[] mask = new boolean[logProbs.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = rollout.mask().at(i) && !masked(rollout);
    }
    return LossBatch.Row.of(logProbs, before, rollout.tokens().logProbs(), base, mask, advantage);
  }

  private static LossReport report(LossResult result, SamplerGap gap) {
    return new LossReport(
        result.loss(),
        result.tokens(),
        result.klSum(),
        result.klTokens(),
        result.clippedLow(),
        result.clippedHigh(),
        result.clipping().units(),
        gap);
  }
}
