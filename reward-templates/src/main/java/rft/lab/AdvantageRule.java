package rft.lab;

/** How rewards become advantages, as the training does it. */
@FunctionalInterface
public interface AdvantageRule {
  /**
   * Returns the advantages: (B, G), 0 where there is no reward or nothing to compare it with.
   *
   * @param rewards (B, G), NaN where there is none
   */
  double[][] of(double[][] rewards);
}
