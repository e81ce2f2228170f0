package rft.loss;

import rft.loss.LossBatch.Row;

/** How the losses of tokens become one number: the weight of each token of a row. */
enum Aggregation {
  /**
   * The mean over rows of the mean over tokens, {@code mean_i(sum_t m l / N_i)}: short right
   * answers and long wrong ones weigh more per token.
   *
   * @see <a href="https://arxiv.org/abs/2402.03300">DeepSeekMath</a>, equation 3
   */
  MEAN_OF_ROW_MEANS {
    @Override
    double weight(LossBatch batch, Row row) {
      return 1 / ((double) batch.totals().rows() * Math.max(1, row.tokens()));
    }
  },

  /**
   * The mean over all tokens of the step.
   *
   * @see <a href="https://arxiv.org/abs/2503.14476">DAPO</a>, the token-level loss
   */
  MEAN_OVER_TOKENS {
    @Override
    double weight(LossBatch batch, Row row) {
      return 1.0 / Math.max(1, batch.totals().tokens());
    }
  },

  /**
   * The sum over tokens by a constant, rows times the longest completion: no bias by length.
   *
   * @see <a href="https://arxiv.org/abs/2503.20783">Dr. GRPO</a>
   */
  SUM_BY_LIMIT {
    @Override
    double weight(LossBatch batch, Row row) {
      return 1 / ((double) batch.totals().rows() * batch.maxCompletionTokens());
    }
  },

  /**
   * The mean over rows of the sum over tokens.
   *
   * @see <a href="https://arxiv.org/abs/2602.05261">LUSPO</a>, which scales each row by its length
   */
  MEAN_OF_ROW_SUMS {
    @Override
    double weight(LossBatch batch, Row row) {
      return 1.0 / batch.totals().rows();
    }
  };

  /** Returns what the loss of each trained token of a row of the batch is multiplied by. */
  abstract double weight(LossBatch batch, Row row);
}
