package rft.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rft.loss.LossBatch.Row;
import rft.loss.RandomRows.Move;

final class LossGradientTest {
  private static final double STEP = 1e-6;

  static Stream<String> losses() {
    return NamedLosses.withParts().keySet().stream();
  }

  /**
   * Leaves out stopped objectives with a corrected KL: the ratio of the one carries gradient, that
   * of the other does not, and no one movement shows both.
   */
  static Stream<String> differentiable() {
    return losses()
        .filter(
            name ->
                !NamedLosses.stopsGradient(name)
                    || !(name.endsWith("correctedKl") || name.endsWith("everything")));
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void theGradientIsTheCentralDifferenceOfTheValue(String name) {
    boolean stops = NamedLosses.stopsGradient(name);
    PolicyLoss loss = NamedLosses.withParts().get(name);
    Move move = stops ? Move.POLICY_AT_FIXED_RATIO : Move.POLICY;
    for (int seed = 0; seed < 4; seed++) {
      List<Row> rows = new RandomRows(seed).rows(7);
      double[][] gradient = evaluate(loss, rows).gradient();
      for (int i = 0; i < rows.size(); i++) {
        assertEquals(rows.get(i).length(), gradient[i].length);
        for (int t = 0; t < gradient[i].length; t++) {
          double above = evaluate(loss, RandomRows.moved(rows, i, t, STEP, move)).loss();
          double below = evaluate(loss, RandomRows.moved(rows, i, t, -STEP, move)).loss();
          String where = "seed " + seed + " row " + i + " token " + t;
          assertEquals((above - below) / (2 * STEP), gradient[i][t], 1e-8, where);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aTokenThatDoesNotTrainHasExactlyNoGradient(String name) {
    List<Row> rows = new RandomRows(11).rows(20);
    LossResult result = evaluate(NamedLosses.withParts().get(name), rows);
    assertTrue(Double.isFinite(result.loss()));
    int untrained = 0;
    for (int i = 0; i < rows.size(); i++) {
      for (int t = 0; t < rows.get(i).length(); t++) {
        if (!rows.get(i).trains(t)) {
          assertEquals(0, Math.abs(result.gradient()[i][t]));
          untrained++;
        }
      }
    }
    assertTrue(untrained > 5);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aLossAndItsPartsAreNotFlat(String name) {
    double[][] gradient =
        evaluate(NamedLosses.withParts().get(name), new RandomRows(5).rows(20)).gradient();
    assertTrue(
        Arrays.stream(gradient).flatMapToDouble(Arrays::stream).anyMatch(slope -> slope != 0));
  }

  @Test
  void aStoppedWeightWithACorrectedKlAddsUpFromItsParts() {
    List<Row> rows = new RandomRows(3).rows(9);
    SurrogateLoss plain = Losses.cispo(1.3);
    KlPenalty kl = KlPenalty.k3(0.3).withBiasCorrection();
    double[][] alone = evaluate(plain, rows).gradient();
    double[][] both = evaluate(plain.withKl(kl), rows).gradient();
    // The KL term of DAPO is the same one, and its gradient is checked against differences.
    SurrogateLoss dapo = Losses.dapo(Clip.of(0.2, 0.2));
    double[][] dapoAlone = evaluate(dapo, rows).gradient();
    double[][] dapoBoth = evaluate(dapo.withKl(kl), rows).gradient();
    for (int i = 0; i < alone.length; i++) {
      for (int t = 0; t < alone[i].length; t++) {
        double expected = dapoBoth[i][t] - dapoAlone[i][t];
        assertEquals(expected, both[i][t] - alone[i][t], 1e-14);
      }
    }
  }

  private static LossResult evaluate(PolicyLoss loss, List<Row> rows) {
    return loss.evaluate(LossBatch.whole(rows, RandomRows.LONGEST));
  }
}
