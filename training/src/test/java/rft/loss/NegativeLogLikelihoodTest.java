package rft.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import rft.loss.LossBatch.Row;
import rft.loss.LossBatch.Totals;

final class NegativeLogLikelihoodTest {
  private static final double[] UNKNOWN = {Double.NaN, Double.NaN, Double.NaN};

  private static Row row(double... logProbs) {
    boolean[] trains = {true, false, true};
    return Row.of(logProbs, UNKNOWN, UNKNOWN, null, trains, 0);
  }

  @Test
  void itIsTheMeanOverTheTokensOfTheStepWhateverTheAdvantage() {
    LossBatch batch = new LossBatch(List.of(row(-1, -7, -2)), 4, new Totals(4, 2));
    LossResult result = new NegativeLogLikelihood().evaluate(batch);
    assertEquals(3.0 / 4, result.loss());
    assertArrayEquals(new double[][] {{-0.25, 0, -0.25}}, result.gradient());
    assertEquals(2, result.tokens());
    assertEquals(0, result.klTokens());
  }

  @Test
  void aLogProbThatIsNotFiniteCountsOnlyWhereItTrains() {
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertEquals(1.5, loss(row(-1, bad, -2)));
      assertFalse(Double.isFinite(loss(row(-1, -7, bad))));
    }
  }

  @Test
  void noTokensGiveNoLoss() {
    assertEquals(0, Math.abs(loss(row(-1, -7, -2).untrained())));
  }

  private static double loss(Row row) {
    return new NegativeLogLikelihood().evaluate(LossBatch.whole(List.of(row), 4)).loss();
  }
}
