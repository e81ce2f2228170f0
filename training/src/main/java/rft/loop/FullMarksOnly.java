package rft.loop;

import rft.advantage.GroupAdvantage;

/** The rule of supervised tuning on own samples: full marks count 1, all else 0. */
final class FullMarksOnly implements GroupAdvantage {
  @Override
  public double[][] of(double[][] rewards) {
    double[][] advantages = new double[rewards.length][];
    for (int i = 0; i < rewards.length; i++) {
      advantages[i] = new double[rewards[i].length];
      for (int j = 0; j < rewards[i].length; j++) {
        advantages[i][j] = rewards[i][j] >= Evaluation.FULL_MARKS ? 1 : 0;
      }
    }
    return advantages;
  }
}
