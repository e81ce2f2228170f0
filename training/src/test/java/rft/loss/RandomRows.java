package rft.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import rft.loss.LossBatch.Row;

/**
 * Rows as a step may hold them: lengths from 0, tokens that do not train (their log-probs are NaN,
 * so that reading one shows), ratios far enough from 1 to be clipped, advantages of both signs and
 * 0.
 */
final class RandomRows {
  static final int LONGEST = 8;
  private final Random random;

  RandomRows(long seed) {
    random = new Random(seed);
  }

  List<Row> rows(int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(i % 5 == 4 ? 0 : random.nextGaussian()));
    }
    return rows;
  }

  private Row row(double advantage) {
    int length = random.nextInt(LONGEST + 1);
    boolean[] trains = new boolean[length];
    double[] logProbs = new double[length];
    double[] old = new double[length];
    double[] sampler = new double[length];
    double[] base = new double[length];
    double[] entropies = new double[length];
    for (int t = 0; t < length; t++) {
      trains[t] = random.nextInt(5) != 0;
      logProbs[t] = trains[t] ? -3 * random.nextDouble() - 0.05 : Double.NaN;
      old[t] = logProbs[t] + 0.4 * random.nextGaussian();
      sampler[t] = old[t] + 0.4 * random.nextGaussian();
      base[t] = logProbs[t] + 0.5 * random.nextGaussian();
      entropies[t] = trains[t] ? 2 * random.nextDouble() : Double.NaN;
    }
    return Row.of(logProbs, old, sampler, base, trains, advantage).withEntropies(entropies);
  }

  /** Which log-probs a test moves together. */
  enum Move {
    /** The policy's: what training does. */
    POLICY,
    /** The policy's, the old and the sampler's: ratios, and all that is stopped in them, stay. */
    POLICY_AT_FIXED_RATIO
  }

  /** Returns the rows with one log-prob moved. */
  static List<Row> moved(List<Row> rows, int index, int token, double by, Move move) {
    Row row = rows.get(index);
    double[][] values = new double[5][row.length()];
    boolean[] trains = new boolean[row.length()];
    for (int t = 0; t < row.length(); t++) {
      double shift = t == token ? by : 0;
      double along = move == Move.POLICY_AT_FIXED_RATIO ? shift : 0;
      values[0][t] = row.logProb(t) + shift;
      values[1][t] = row.oldLogProb(t) + along;
      values[2][t] = row.samplerLogProb(t) + along;
      values[3][t] = row.baseLogProb(t);
      values[4][t] = row.entropy(t);
      trains[t] = row.trains(t);
    }
    List<Row> moved = new ArrayList<>(rows);
    moved.set(
        index,
        Row.of(values[0], values[1], values[2], values[3], trains, row.advantage())
            .withEntropies(values[4]));
    return moved;
  }
}
