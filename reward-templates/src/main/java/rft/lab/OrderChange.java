package rft.lab;

/** How the order of answers inside groups changed from one reward to another. */
final class OrderChange {
  private OrderChange() {}

  /**
   * @param first (B, G), NaN where there is no reward
   * @param second the same answers
   */
  static VerdictDiff.Order of(double[][] first, double[][] second) {
    int pairs = 0;
    int inverted = 0;
    int agreeing = 0;
    int parted = 0;
    int merged = 0;
    int groups = 0;
    for (int g = 0; g < first.length; g++) {
      int before = inverted;
      for (int i = 0; i < first[g].length; i++) {
        for (int j = 0; j < i; j++) {
          if (Double.isNaN(first[g][i] + first[g][j] + second[g][i] + second[g][j])) {
            continue;
          }
          double was = Math.signum(ValueCounts.key(first[g][i]) - ValueCounts.key(first[g][j]));
          double is = Math.signum(ValueCounts.key(second[g][i]) - ValueCounts.key(second[g][j]));
          pairs++;
          inverted += was * is < 0 ? 1 : 0;
          agreeing += was * is > 0 ? 1 : 0;
          parted += was == 0 && is != 0 ? 1 : 0;
          merged += was != 0 && is == 0 ? 1 : 0;
        }
      }
      groups += inverted > before ? 1 : 0;
    }
    // Kendall's tau-b: pairs that one of the rewards ties leave the base of that reward.
    double told = (double) (inverted + agreeing + merged) * (inverted + agreeing + parted);
    Double tau = told == 0 ? null : (agreeing - inverted) / Math.sqrt(told);
    return new VerdictDiff.Order(pairs, inverted, parted, merged, groups, tau);
  }
}
