package rft.loss;

import rft.loss.LossBatch.Row;

/**
 * The loss of supervised tuning: {@code -sum m lp / tokens of the step}. Advantages and every
 * log-prob but the policy's are ignored.
 */
public final class NegativeLogLikelihood implements PolicyLoss {
  @Override
  public LossResult evaluate(LossBatch batch) {
    double share = 1.0 / Math.max(1, batch.totals().tokens());
    double[][] gradient = new double[batch.rows().size()][]; // (rows, T)
    double sum = 0;
    for (int i = 0; i < gradient.length; i++) {
      Row row = batch.rows().get(i);
      gradient[i] = new double[row.length()];
      for (int t = 0; t < row.length(); t++) {
        if (row.trains(t)) {
          sum += row.logProb(t);
          gradient[i][t] = Double.isFinite(row.logProb(t)) ? -share : Double.NaN;
        }
      }
    }
    return new LossResult(-sum * share, gradient, batch.tokens(), LossResult.Seen.NOTHING);
  }
}
