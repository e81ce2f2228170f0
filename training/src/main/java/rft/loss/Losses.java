package rft.loss;

/**
 * The losses of the GRPO family. Each is a formula per token and a way to add up; everything else
 * joins by the {@code with} methods of {@link SurrogateLoss}.
 *
 * <pre>{@code
 * PolicyLoss loss =
 *     Losses.dapo(Clip.of(0.2, 0.28))
 *         .withKl(KlPenalty.k3(0.01))
 *         .withImportanceCorrection(ImportanceCorrection.standard());
 * }</pre>
 *
 * <p>Notation: {@code w} ratio of new to old policy, {@code A} advantage, {@code lp} log-prob,
 * {@code m} 1 where a token trains, {@code N_i} trained tokens of row i.
 */
public final class Losses {
  private Losses() {}

  /**
   * Returns GRPO: the clipped surrogate, averaged over tokens within a row and then over rows.
   *
   * @see <a href="https://arxiv.org/abs/2402.03300">DeepSeekMath</a>, equation 3
   */
  public static SurrogateLoss grpo(Clip clip) {
    return clipped(RatioLevel.TOKEN, clip, Aggregation.MEAN_OF_ROW_MEANS);
  }

  /**
   * Returns what TRL calls BNPO: the clipped surrogate, averaged over the tokens of a batch. The
   * batch is the whole update, as in TRL with one process and no gradient accumulation; a mean of
   * the means of micro-batches would depend on how an update is cut for threads and memory. So it
   * adds up as {@link #dapo} does, and differs by its usual clip.
   *
   * @see <a href="https://github.com/huggingface/trl">TRL</a>, {@code loss_type="bnpo"}
   */
  public static SurrogateLoss bnpo(Clip clip) {
    return clipped(RatioLevel.TOKEN, clip, Aggregation.MEAN_OVER_TOKENS);
  }

  /**
   * Returns Dr. GRPO: the clipped surrogate, summed and divided by rows times the longest
   * completion. As published it also needs advantages without scaling, {@code
   * GroupAdvantage.none()}.
   *
   * @see <a href="https://arxiv.org/abs/2503.20783">Understanding R1-Zero-Like Training</a>
   */
  public static SurrogateLoss drGrpo(Clip clip) {
    return clipped(RatioLevel.TOKEN, clip, Aggregation.SUM_BY_LIMIT);
  }

  /**
   * Returns DAPO's loss: the clipped surrogate, averaged over all tokens of the step; published
   * with the clip 0.2 / 0.28.
   *
   * @see <a href="https://arxiv.org/abs/2503.14476">DAPO</a>
   */
  public static SurrogateLoss dapo(Clip clip) {
    return clipped(RatioLevel.TOKEN, clip, Aggregation.MEAN_OVER_TOKENS);
  }

  /**
   * Returns GSPO: GRPO with the ratio of whole rows. Such ratios are close to 1, so the clip is a
   * thousandth of the usual: published with 3e-4 / 4e-4.
   *
   * @see <a href="https://arxiv.org/abs/2507.18071">Group Sequence Policy Optimization</a>
   */
  public static SurrogateLoss gspo(Clip clip) {
    return clipped(RatioLevel.SEQUENCE, clip, Aggregation.MEAN_OF_ROW_MEANS);
  }

  /**
   * Returns CISPO: {@code -sg[min(w, cap)] A lp}, averaged over all tokens of the step.
   *
   * @param cap cap of the ratio itself, often 5
   * @see <a href="https://arxiv.org/abs/2506.13585">MiniMax-M1</a>
   */
  public static SurrogateLoss cispo(double cap) {
    return SurrogateLoss.of(RatioLevel.TOKEN, new CispoFormula(cap), Aggregation.MEAN_OVER_TOKENS);
  }

  /** Returns SAPO with the temperatures of the paper: 1 for positive advantages, 1.05 else. */
  public static SurrogateLoss sapo() {
    return sapo(1, 1.05);
  }

  /**
   * Returns SAPO: a sigmoid gate in place of the clip, averaged as GRPO.
   *
   * @param tauPositive temperature for positive advantages
   * @param tauNegative temperature for negative advantages; higher decays faster
   * @see <a href="https://arxiv.org/abs/2511.20347">Soft Adaptive Policy Optimization</a>
   */
  public static SurrogateLoss sapo(double tauPositive, double tauNegative) {
    return SurrogateLoss.of(
        RatioLevel.TOKEN, new SapoFormula(tauPositive, tauNegative), Aggregation.MEAN_OF_ROW_MEANS);
  }

  /**
   * Returns LUSPO: GSPO with each row scaled by its length, so that long rows are not penalised;
   * published with the clip 2e-3 / 2.5e-3. Meant for the sequence ratio and no KL penalty.
   *
   * @see <a href="https://arxiv.org/abs/2602.05261">Length-Unbiased Sequence Policy
   *     Optimization</a>
   */
  public static SurrogateLoss luspo(Clip clip) {
    return clipped(RatioLevel.SEQUENCE, clip, Aggregation.MEAN_OF_ROW_SUMS);
  }

  /**
   * Returns VESPO with the shape of the paper: k 2, lambda 3 for positive advantages; 3, 2 else.
   */
  public static SurrogateLoss vespo() {
    return vespo(2, 3, 3, 2);
  }

  /**
   * Returns VESPO: {@code -sg[phi(W)] A lp}, {@code phi(W) = exp(lambda + k log W - lambda W)} with
   * W the ratio of the whole row, averaged over all tokens of the step.
   *
   * @param kPositive power for advantages of at least 0
   * @param lambdaPositive decay for advantages of at least 0
   * @param kNegative power for negative advantages
   * @param lambdaNegative decay for negative advantages
   * @see <a href="https://arxiv.org/abs/2602.10693">VESPO</a>
   */
  public static SurrogateLoss vespo(
      double kPositive, double lambdaPositive, double kNegative, double lambdaNegative) {
    return SurrogateLoss.of(
        new VespoObjective(
            new VespoObjective.Gamma(kPositive, lambdaPositive),
            new VespoObjective.Gamma(kNegative, lambdaNegative),
            null),
        Aggregation.MEAN_OVER_TOKENS);
  }

  private static SurrogateLoss clipped(RatioLevel level, Clip clip, Aggregation aggregation) {
    return SurrogateLoss.of(level, new ClippedFormula(clip), aggregation);
  }
}
