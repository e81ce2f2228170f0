package rft.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import rft.advantage.RewardSpread;

/** Which groups of a step to look at. */
enum GroupChoice {
  /** Lowest mean reward. */
  WORST("lowest mean reward"),
  /** Highest mean reward. */
  BEST("highest mean reward"),
  /** Rewards furthest apart, from which training learns most. */
  SPREAD("largest spread");

  private final String reason;

  GroupChoice(String reason) {
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  /** Returns the positions of groups, the one to look at first; equal ones as they were sampled. */
  List<Integer> order(double[][] rewards) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rewards.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(group -> rank(rewards[group])));
    return order;
  }

  private double rank(double... rewards) {
    double value =
        switch (this) {
          case WORST -> mean(rewards).orElse(Double.NaN);
          case BEST -> -mean(rewards).orElse(Double.NaN);
          case SPREAD -> -RewardSpread.of(rewards).std();
        };
    // Groups without rewards come last; and 0 and -0 are equal.
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value + 0.0;
  }

  static OptionalDouble mean(double... rewards) {
    return Arrays.stream(rewards).filter(reward -> !Double.isNaN(reward)).average();
  }
}
