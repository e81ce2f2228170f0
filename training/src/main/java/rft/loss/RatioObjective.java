package rft.loss;

import rft.loss.LossBatch.Row;

/**
 * A formula of the probability ratio, at each token.
 *
 * @param level what the ratio is taken over
 * @param formula the loss of one token
 */
record RatioObjective(RatioLevel level, TokenFormula formula) implements Objective {
  @Override
  public double add(Row row, double[] weights, double[] gradient) {
    double advantage = row.advantage();
    if (advantage == 0) {
      return 0;
    }
    double[] ratios = level.ratios(row); // (T)
    double[] slopes = new double[row.length()]; // (T)
    double sum = 0;
    for (int t = 0; t < row.length(); t++) {
      if (weights[t] != 0) {
        sum += weights[t] * formula.value(ratios[t], row.logProb(t), advantage);
        slopes[t] = weights[t] * formula.ratioSlope(ratios[t], advantage);
        gradient[t] += weights[t] * formula.logProbSlope(ratios[t], advantage);
      }
    }
    level.backward(row, slopes, gradient);
    return sum;
  }

  @Override
  public Clipping clipping(Row row) {
    double[] ratios = level.ratios(row); // (T)
    long low = 0;
    long high = 0;
    for (int t = 0; t < row.length(); t++) {
      if (row.trains(t)) {
        low += formula.isClippedLow(ratios[t], row.advantage()) ? 1 : 0;
        high += formula.isClippedHigh(ratios[t], row.advantage()) ? 1 : 0;
      }
    }
    return level == RatioLevel.TOKEN
        ? Clipping.ofRow(low, high, row.tokens())
        : Clipping.ofRow(Math.min(1, low), Math.min(1, high), 1);
  }
}
