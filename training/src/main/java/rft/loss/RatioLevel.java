package rft.loss;

import java.util.Arrays;
import rft.loss.LossBatch.Row;

/** What the probability ratio of new to old policy is taken over. */
public enum RatioLevel {
  /** Each token on its own: {@code w_t = exp(lp_t - old_t)}. */
  TOKEN {
    @Override
    double[] ratios(Row row) {
      double[] ratios = new double[row.length()];
      for (int t = 0; t < ratios.length; t++) {
        ratios[t] = row.trains(t) ? Math.exp(row.logProb(t) - row.oldLogProb(t)) : 1;
      }
      return ratios;
    }

    @Override
    void backward(Row row, double[] slopes, double[] gradient) {
      for (int t = 0; t < slopes.length; t++) {
        gradient[t] += slopes[t];
      }
    }
  },

  /**
   * The whole row, length-normalised: {@code w_i = exp(sum_t m (lp_t - old_t) / N_i)}, the same at
   * every token.
   *
   * @see <a href="https://arxiv.org/abs/2507.18071">GSPO</a>
   */
  SEQUENCE {
    @Override
    double[] ratios(Row row) {
      double sum = 0;
      for (int t = 0; t < row.length(); t++) {
        sum += row.trains(t) ? row.logProb(t) - row.oldLogProb(t) : 0;
      }
      double[] ratios = new double[row.length()];
      Arrays.fill(ratios, Math.exp(sum / Math.max(1, row.tokens())));
      return ratios;
    }

    @Override
    void backward(Row row, double[] slopes, double[] gradient) {
      double sum = 0;
      for (double slope : slopes) {
        sum += slope;
      }
      for (int t = 0; t < slopes.length; t++) {
        gradient[t] += row.trains(t) ? sum / row.tokens() : 0;
      }
    }
  };

  /** Returns the ratio at each token, (T); 1 or unused where a token does not train. */
  abstract double[] ratios(Row row);

  /**
   * Adds to the gradient what slopes in the log-ratio mean for each log-prob.
   *
   * @param slopes (T) d loss / d log w_t, 0 where a token does not train
   * @param gradient (T) d loss / d lp_t, added to
   */
  abstract void backward(Row row, double[] slopes, double[] gradient);
}
