package rft.run;

/**
 * Which loss, and its constants.
 *
 * @param kind the loss
 * @param clipLow how far a ratio may fall below 1 before it is clipped; CISPO does not use it
 * @param clipHigh how far a ratio may rise above 1 before it is clipped; for CISPO the cap itself
 * @param klBeta weight of the KL divergence to the base; 0 computes none
 * @param scale by which standard deviation advantages are divided
 * @param maskTruncated true leaves truncated rollouts out of the loss
 * @see <a href="https://huggingface.co/docs/trl/grpo_trainer">TRL's GRPOConfig</a>, whose defaults
 *     {@link #standard(LossKind)} takes
 */
public record LossOptions(
    LossKind kind,
    double clipLow,
    double clipHigh,
    double klBeta,
    AdvantageScale scale,
    boolean maskTruncated) {
  public LossOptions {
    Bounds.positive("clipLow", clipLow, 1, "a ratio cannot fall by more than 1; 0.2 is usual");
    if (kind == LossKind.CISPO) {
      Bounds.within("clipHigh", clipHigh, 1, 1000, "for cispo it is the cap of the ratio itself");
    } else {
      Bounds.positive("clipHigh", clipHigh, 1000, "ratios are clipped at 1 + clipHigh");
    }
    Bounds.within("klBeta", klBeta, 0, 1000, "0 switches the KL term off");
  }

  /** Returns the usual constants of a loss: those of TRL, or of the paper that proposed it. */
  public static LossOptions standard(LossKind kind) {
    double low = kind == LossKind.GSPO ? 3e-4 : 0.2;
    AdvantageScale scale = kind == LossKind.DR_GRPO ? AdvantageScale.NONE : AdvantageScale.GROUP;
    return new LossOptions(kind, low, usualClipHigh(kind), 0, scale, false);
  }

  private static double usualClipHigh(LossKind kind) {
    if (kind == LossKind.GSPO) {
      return 4e-4;
    }
    if (kind == LossKind.CISPO) {
      return 5;
    }
    return kind == LossKind.DAPO ? 0.28 : 0.2;
  }

  /** Returns these options with another weight of the KL term. */
  public LossOptions withKlBeta(double klBeta) {
    return new LossOptions(kind, clipLow, clipHigh, klBeta, scale, maskTruncated);
  }
}
