package rft.loss;

import java.util.ArrayList;
import java.util.List;
import rft.loss.LossBatch.Row;

/**
 * What one rollout adds to the loss of a step, and how far the policy has moved on its tokens.
 *
 * @param tokens tokens that train
 * @param ratio mean over these of the ratio; 1 if there are none
 * @param leastRatio the least of them
 * @param mostRatio the greatest of them
 * @param clippedLow tokens clipped from below; 1 for the row with the ratio at sequence level
 * @param clippedHigh the same from above
 * @param share what its advantage adds to the loss; the KL term is not in it
 */
public record RowShare(
    int tokens,
    double ratio,
    double leastRatio,
    double mostRatio,
    long clippedLow,
    long clippedHigh,
    double share) {
  /**
   * Returns the share of every row; together with {@link #idle} they are the loss of the batch.
   *
   * @param batch rows, and the totals of their step
   */
  public static List<RowShare> of(SurrogateLoss loss, LossBatch batch) {
    double idle = idle(loss, batch);
    List<RowShare> shares = new ArrayList<>();
    for (Row row : batch.rows()) {
      List<Row> alone = batch.rows().stream().map(r -> r == row ? r : r.withAdvantage(0)).toList();
      double share = loss.evaluate(with(batch, alone)).loss() - idle;
      LossResult own = loss.evaluate(with(batch, List.of(row)));
      shares.add(of(loss.level().ratios(row), row, own, share));
    }
    return shares;
  }

  /** Returns the loss of the batch if nobody were better than others: the KL term alone. */
  public static double idle(SurrogateLoss loss, LossBatch batch) {
    List<Row> rows = batch.rows().stream().map(row -> row.withAdvantage(0)).toList();
    return loss.evaluate(with(batch, rows)).loss();
  }

  private static LossBatch with(LossBatch batch, List<Row> rows) {
    return new LossBatch(rows, batch.maxCompletionTokens(), batch.totals());
  }

  private static RowShare of(double[] ratios, Row row, LossResult own, double share) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int t = 0; t < ratios.length; t++) {
      if (row.trains(t)) {
        sum += ratios[t];
        least = Math.min(least, ratios[t]);
        most = Math.max(most, ratios[t]);
      }
    }
    int tokens = row.tokens();
    return new RowShare(
        tokens,
        tokens == 0 ? 1 : sum / tokens,
        tokens == 0 ? 1 : least,
        tokens == 0 ? 1 : most,
        own.clippedLow(),
        own.clippedHigh(),
        share);
  }
}
