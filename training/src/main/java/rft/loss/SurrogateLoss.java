package rft.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import rft.loss.LossBatch.Row;

/**
 * A loss put together from its parts: an objective per token, times masks and corrections, plus the
 * KL penalty, added up. Each {@code with} returns a new loss; the order of the calls does not
 * matter, and none touches the KL penalty. Made by {@link Losses}.
 */
public final class SurrogateLoss implements PolicyLoss {
  private static final KlPenalty NO_KL = KlPenalty.k3(0);

  private final Objective objective;
  private final RatioLevel level;
  private final Aggregation aggregation;
  private final List<TokenWeights> weights;
  private final KlPenalty kl;

  private SurrogateLoss(
      Objective objective,
      RatioLevel level,
      Aggregation aggregation,
      List<TokenWeights> weights,
      KlPenalty kl) {
    this.objective = objective;
    this.level = level;
    this.aggregation = aggregation;
    this.weights = List.copyOf(weights);
    this.kl = kl;
  }

  static SurrogateLoss of(RatioLevel level, TokenFormula formula, Aggregation aggregation) {
    return new SurrogateLoss(
        new RatioObjective(level, formula), level, aggregation, List.of(), NO_KL);
  }

  static SurrogateLoss of(VespoObjective objective, Aggregation aggregation) {
    return new SurrogateLoss(objective, RatioLevel.TOKEN, aggregation, List.of(), NO_KL);
  }

  /** Returns this loss with the ratio taken over another level; VESPO has its own ratio. */
  public SurrogateLoss withRatio(RatioLevel other) {
    Objective moved =
        objective instanceof RatioObjective ratio
            ? new RatioObjective(other, ratio.formula())
            : objective;
    return new SurrogateLoss(moved, other, aggregation, weights, kl);
  }

  /** Returns this loss with a pull toward the base policy, in place of the one it had. */
  public SurrogateLoss withKl(KlPenalty penalty) {
    return new SurrogateLoss(objective, level, aggregation, weights, penalty);
  }

  /** Returns this loss corrected for a sampler that differs from the trainer. */
  public SurrogateLoss withImportanceCorrection(ImportanceCorrection correction) {
    if (objective instanceof VespoObjective vespo) {
      VespoObjective corrected = new VespoObjective(vespo.positive(), vespo.negative(), correction);
      return new SurrogateLoss(corrected, level, aggregation, weights, kl);
    }
    return with(batch -> batch.rows().stream().map(correction::weights).toArray(double[][]::new));
  }

  /**
   * Returns this loss without rows that did badly and that the policy has moved away from: {@code A
   * < 0} and {@code mean_t m (samp - lp) > threshold}. They stay in the denominators.
   *
   * @param threshold nats per token, for example 0.5
   * @see <a href="https://arxiv.org/abs/2512.02556">DeepSeek-V3.2</a>, off-policy sequence masking
   */
  public SurrogateLoss withOffPolicyMask(double threshold) {
    return with(new OffPolicyMask(threshold));
  }

  /**
   * Returns this loss over only the tokens at which the policy is least sure, by entropy. Rows need
   * {@link Row#withEntropies}. The threshold is of the micro-batch, as in TRL.
   *
   * @param share of tokens to keep, in (0, 1]; the paper's is 0.2
   * @see <a href="https://arxiv.org/abs/2506.01939">Beyond the 80/20 Rule</a>
   */
  public SurrogateLoss withTopEntropy(double share) {
    return with(new TopEntropyMask(share));
  }

  private SurrogateLoss with(TokenWeights added) {
    List<TokenWeights> all = new ArrayList<>(weights);
    all.add(added);
    return new SurrogateLoss(objective, level, aggregation, all, kl);
  }

  /** Returns what the ratio is taken over. */
  RatioLevel level() {
    return level;
  }

  /** Returns whether rows need base log-probs. */
  public boolean needsBase() {
    return kl.beta() > 0;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if a row lacks base log-probs or entropies that this loss needs
   */
  @Override
  public LossResult evaluate(LossBatch batch) {
    List<double[][]> factors = weights.stream().map(weight -> weight.of(batch)).toList();
    double[][] gradient = new double[batch.rows().size()][]; // (rows, T)
    double loss = 0;
    double klSum = 0;
    double phiSum = 0;
    Clipping clipping = Clipping.NONE;
    for (int i = 0; i < gradient.length; i++) {
      Row row = batch.rows().get(i);
      gradient[i] = new double[row.length()];
      double share = aggregation.weight(batch, row);
      loss += objective.add(row, tokenWeights(row, share, factors, i), gradient[i]);
      if (needsBase()) {
        double sum = kl.add(row, level, share, gradient[i]);
        klSum += sum;
        loss += share * kl.beta() * sum;
      }
      if (!isFinite(row)) {
        loss = Double.NaN;
        Arrays.fill(gradient[i], Double.NaN);
      }
      clipping = clipping.plus(objective.clipping(row));
      phiSum += objective.phi(row);
    }
    return new LossResult(
        loss,
        gradient,
        batch.tokens(),
        new LossResult.Seen(
            klSum, needsBase() ? batch.tokens() : 0, clipping, phiSum / gradient.length));
  }

  private static double[] tokenWeights(Row row, double share, List<double[][]> factors, int index) {
    double[] result = new double[row.length()]; // (T)
    for (int t = 0; t < result.length; t++) {
      if (row.trains(t)) {
        result[t] = share;
        for (double[][] factor : factors) {
          result[t] *= factor[index][t];
        }
      }
    }
    return result;
  }

  /** Clipping and masks can hide a broken log-prob in a finite loss, so it is looked for itself. */
  private boolean isFinite(Row row) {
    for (int t = 0; t < row.length(); t++) {
      if (row.trains(t)
          && !(Double.isFinite(row.logProb(t))
              && Double.isFinite(row.oldLogProb(t))
              && (!needsBase() || Double.isFinite(row.baseLogProb(t))))) {
        return false;
      }
    }
    return true;
  }
}
