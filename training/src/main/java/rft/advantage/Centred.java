package rft.advantage;

import java.util.Arrays;

/** Rewards minus the mean of their group, times a factor of the group. */
final class Centred {
  /** What the differences of a group of at least two rewards are multiplied by. */
  @FunctionalInterface
  interface Factor {
    double of(Moments group, Moments batch);
  }

  private Centred() {}

  /** Returns {@code factor * (r - mean_group)}, and 0 where there is no reward to compare. */
  static double[][] of(double[][] rewards, Factor factor) {
    Moments batch = Moments.of(Arrays.stream(rewards).flatMapToDouble(Arrays::stream).toArray());
    return Arrays.stream(rewards)
        .map(group -> ofGroup(group, batch, factor))
        .toArray(double[][]::new);
  }

  private static double[] ofGroup(double[] group, Moments batch, Factor factor) {
    double[] advantages = new double[group.length];
    Moments moments = Moments.of(group);
    if (moments.count() < 2) {
      return advantages;
    }
    double scale = factor.of(moments, batch);
    for (int i = 0; i < group.length; i++) {
      advantages[i] = Double.isNaN(group[i]) ? 0 : scale * (group[i] - moments.mean());
    }
    return advantages;
  }
}
