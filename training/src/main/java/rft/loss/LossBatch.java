package rft.loss;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one micro-batch, with what a loss must know of the whole step.
 *
 * @param rows the rollouts of this micro-batch
 * @param maxCompletionTokens longest completion the sampler may produce, the denominator of Dr.
 *     GRPO
 * @param totals counts over all micro-batches of the step, on all processes
 */
public record LossBatch(List<Row> rows, int maxCompletionTokens, Totals totals) {
  /**
   * Counts over everything that was sampled for the step.
   *
   * @param tokens trained tokens
   * @param rows rollouts, those without a trained token included
   */
  public record Totals(long tokens, int rows) {
    public Totals {
      if (tokens < 0 || rows < 0) {
        throw new IllegalArgumentException(
            "totals (" + tokens + " tokens, " + rows + " rows) must not be negative");
      }
    }

    /** Returns the counts of a step that is one micro-batch. */
    public static Totals of(List<Row> rows) {
      return new Totals(tokensOf(rows), rows.size());
    }
  }

  public LossBatch {
    rows = List.copyOf(rows);
    if (maxCompletionTokens < 1) {
      throw new IllegalArgumentException(
          "max completion tokens (" + maxCompletionTokens + ") must be at least 1");
    }
    if (rows.size() > totals.rows() || tokensOf(rows) > totals.tokens()) {
      throw new IllegalArgumentException(
          "the micro-batch has "
              + rows.size()
              + " rows and "
              + tokensOf(rows)
              + " trained tokens, more than the totals of its step, "
              + totals
              + ": count the totals over all micro-batches, with the same masks");
    }
  }

  /** Returns a step that is one micro-batch. */
  public static LossBatch whole(List<Row> rows, int maxCompletionTokens) {
    return new LossBatch(rows, maxCompletionTokens, Totals.of(rows));
  }

  /** Returns the trained tokens of this micro-batch. */
  public long tokens() {
    return tokensOf(rows);
  }

  /**
   * Returns the rows with the mask emptied where sampling stopped at the token limit: their tokens
   * leave the token counts, the rows still count as rows. Count {@link Totals} afterwards.
   *
   * @param ended one per row: whether it ended by itself
   * @see <a href="https://arxiv.org/abs/2503.14476">DAPO</a>, overlong filtering
   */
  public static List<Row> maskTruncated(List<Row> rows, boolean[] ended) {
    if (rows.size() != ended.length) {
      throw new IllegalArgumentException(
          rows.size() + " rows and " + ended.length + " flags: give one flag per row");
    }
    List<Row> masked = new ArrayList<>(rows.size());
    for (int i = 0; i < ended.length; i++) {
      masked.add(ended[i] ? rows.get(i) : rows.get(i).untrained());
    }
    return masked;
  }

  private static long tokensOf(List<Row> rows) {
    return rows.stream().mapToLong(Row::tokens).sum();
  }

  /**
   * One rollout, token by token. All log-probs are natural logarithms under the sampling
   * temperature, of the token that was sampled.
   */
  public static final class Row {
    private final double[] logProbs;
    private final double[] oldLogProbs;
    private final double[] samplerLogProbs;
    private final double @Nullable [] baseLogProbs;
    private final double @Nullable [] entropies;
    private final boolean[] trains;
    private final double advantage;
    private final int tokens;

    private Row(
        double[] logProbs,
        double[] oldLogProbs,
        double[] samplerLogProbs,
        double @Nullable [] baseLogProbs,
        double @Nullable [] entropies,
        boolean[] trains,
        double advantage) {
      this.logProbs = logProbs;
      this.oldLogProbs = sized("old log-probs", oldLogProbs, logProbs.length);
      this.samplerLogProbs = sized("sampler log-probs", samplerLogProbs, logProbs.length);
      this.baseLogProbs =
          baseLogProbs == null ? null : sized("base log-probs", baseLogProbs, logProbs.length);
      this.entropies = entropies == null ? null : sized("entropies", entropies, logProbs.length);
      this.trains = trains;
      this.advantage = advantage;
      requireLength("mask values", trains.length, logProbs.length);
      if (!Double.isFinite(advantage)) {
        throw new IllegalArgumentException(
            "advantage (" + advantage + ") must be finite: use 0 for a rollout without a reward");
      }
      int count = 0;
      for (boolean trained : trains) {
        count += trained ? 1 : 0;
      }
      this.tokens = count;
    }

    /**
     * Returns a row; the arrays are copied.
     *
     * @param logProbs (T) under the policy being trained
     * @param oldLogProbs (T) under the policy at the start of the step
     * @param samplerLogProbs (T) as the sampler reported them
     * @param baseLogProbs (T) under the base policy; null if the loss needs none
     * @param trains (T) which tokens train: the policy's own, up to and with the first end token
     * @param advantage how much better than its group the rollout is
     * @throws IllegalArgumentException if the lengths differ or the advantage is not finite
     */
    public static Row of(
        double[] logProbs,
        double[] oldLogProbs,
        double[] samplerLogProbs,
        double @Nullable [] baseLogProbs,
        boolean[] trains,
        double advantage) {
      return new Row(
          logProbs.clone(),
          oldLogProbs.clone(),
          samplerLogProbs.clone(),
          baseLogProbs == null ? null : baseLogProbs.clone(),
          null,
          trains.clone(),
          advantage);
    }

    /**
     * Returns a row from float32 arrays, as {@link #of(double[], double[], double[], double[],
     * boolean[], double)}.
     */
    public static Row of(
        float[] logProbs,
        float[] oldLogProbs,
        float[] samplerLogProbs,
        float @Nullable [] baseLogProbs,
        boolean[] trains,
        double advantage) {
      return new Row(
          doubles(logProbs),
          doubles(oldLogProbs),
          doubles(samplerLogProbs),
          baseLogProbs == null ? null : doubles(baseLogProbs),
          null,
          trains.clone(),
          advantage);
    }

    /**
     * Returns this row with the entropy of the policy at each token.
     *
     * @param values (T) nats; only {@link SurrogateLoss#withTopEntropy} reads them
     */
    public Row withEntropies(double[] values) {
      return new Row(
          logProbs, oldLogProbs, samplerLogProbs, baseLogProbs, values.clone(), trains, advantage);
    }

    /** Returns this row with another advantage. */
    Row withAdvantage(double other) {
      return new Row(
          logProbs, oldLogProbs, samplerLogProbs, baseLogProbs, entropies, trains, other);
    }

    /** Returns this row with no token that trains; it still counts as a row. */
    public Row untrained() {
      boolean[] none = new boolean[trains.length];
      return new Row(
          logProbs, oldLogProbs, samplerLogProbs, baseLogProbs, entropies, none, advantage);
    }

    /** Returns the tokens of the completion, trained or not. */
    public int length() {
      return logProbs.length;
    }

    /** Returns the tokens that train: N_i in the formulas. */
    public int tokens() {
      return tokens;
    }

    /** Returns whether a token trains. */
    public boolean trains(int token) {
      return trains[token];
    }

    /** Returns how much better than its group the rollout is. */
    public double advantage() {
      return advantage;
    }

    /** Returns the log-prob of a token under the policy being trained. */
    public double logProb(int token) {
      return logProbs[token];
    }

    /** Returns the log-prob of a token under the policy at the start of the step. */
    public double oldLogProb(int token) {
      return oldLogProbs[token];
    }

    /** Returns the log-prob of a token as the sampler reported it. */
    public double samplerLogProb(int token) {
      return samplerLogProbs[token];
    }

    /**
     * Returns the log-prob of a token under the base policy.
     *
     * @throws IllegalStateException if the row came without
     */
    public double baseLogProb(int token) {
      return required(
          baseLogProbs, "base log-probs", "score it with the base policy, or use beta 0")[token];
    }

    /**
     * Returns the entropy of the policy at a token, in nats.
     *
     * @throws IllegalStateException if the row came without
     */
    public double entropy(int token) {
      return required(
          entropies, "entropies", "add them by withEntropies, or use no top-entropy mask")[token];
    }

    private static double[] required(double @Nullable [] values, String name, String remedy) {
      if (values == null) {
        throw new IllegalStateException("the loss needs the " + name + " of a row: " + remedy);
      }
      return values;
    }

    private static double[] sized(String name, double[] values, int length) {
      requireLength(name, values.length, length);
      return values;
    }

    private static void requireLength(String name, int actual, int expected) {
      if (actual != expected) {
        throw new IllegalArgumentException(
            "a row has " + expected + " log-probs and " + actual + " " + name + ": one per token");
      }
    }

    private static double[] doubles(float[] values) {
      double[] doubles = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        doubles[i] = values[i];
      }
      return doubles;
    }
  }
}
