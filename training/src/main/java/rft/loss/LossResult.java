package rft.loss;

/** The loss of a micro-batch, its gradient, and what was seen on the way. */
public final class LossResult {
  private final double loss;
  private final double[][] gradient;
  private final long tokens;
  private final Seen seen;

  /**
   * What a loss saw beside its value.
   *
   * @param klSum sum over tokens of the KL estimate, in nats
   * @param klTokens tokens the sum is over; 0 without a KL term
   * @param clipping how often the ratio left the trust region
   * @param phiMean mean over rows of the weight of VESPO; NaN for every other loss
   */
  public record Seen(double klSum, long klTokens, Clipping clipping, double phiMean) {
    /** Nothing beside the value. */
    public static final Seen NOTHING = new Seen(0, 0, Clipping.NONE, Double.NaN);
  }

  /**
   * Makes a result.
   *
   * @param loss value of the loss
   * @param gradient (rows, T) d loss / d log-prob; 0 where a token does not train
   * @param tokens trained tokens of the micro-batch
   */
  public LossResult(double loss, double[][] gradient, long tokens, Seen seen) {
    this.loss = loss;
    this.gradient = gradient;
    this.tokens = tokens;
    this.seen = seen;
  }

  /**
   * Returns the share of this micro-batch in the loss of its step. With one update per step its
   * value says nothing: a clipped loss is minus the mean advantage while its gradient is not 0.
   */
  public double loss() {
    return loss;
  }

  /** Returns d loss / d log-prob, (rows, T), not copied; 0 where a token does not train. */
  public double[][] gradient() {
    return gradient;
  }

  /** Returns the trained tokens of the micro-batch. */
  public long tokens() {
    return tokens;
  }

  /** Returns the sum over tokens of the KL estimate, in nats. */
  public double klSum() {
    return seen.klSum();
  }

  /** Returns the tokens that {@link #klSum()} is over; 0 without a KL term. */
  public long klTokens() {
    return seen.klTokens();
  }

  /** Returns how many tokens were clipped from below; rows with the ratio at sequence level. */
  public long clippedLow() {
    return seen.clipping().low();
  }

  /** Returns how many tokens were clipped from above; rows with the ratio at sequence level. */
  public long clippedHigh() {
    return seen.clipping().high();
  }

  /** Returns how often the ratio left the trust region, in full. */
  public Clipping clipping() {
    return seen.clipping();
  }

  /** Returns the mean over rows of the weight of VESPO; NaN for every other loss. */
  public double phiMean() {
    return seen.phiMean();
  }
}
