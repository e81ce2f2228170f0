package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import rft.loss.Clip;
import rft.loss.KlPenalty;
import rft.loss.LossBatch;
import rft.loss.Losses;
import rft.loss.SurrogateLoss;
import rft.run.AdvantageScale;
import rft.run.LossKind;
import rft.run.LossOptions;

/** The first group of the reference numbers, explained. */
final class LossExplanationTest {
  private static final double ADVANTAGE = 0.7070067953266834;

  private static LossBatch.Row row(double[] now, double[] old, double advantage) {
    boolean[] all = new boolean[now.length];
    Arrays.fill(all, true);
    return LossBatch.Row.of(now, old, old, old, all, advantage);
  }

  private static LossExplanation explain(LossOptions options, SurrogateLoss loss) {
    List<LossBatch.Row> rows =
        List.of(
            row(
                new double[] {-0.5, -1.2, -0.3, -2.0},
                new double[] {-0.7, -1.0, -0.35, -2.5},
                ADVANTAGE),
            row(new double[] {-0.9, -0.1}, new double[] {-0.6, -0.12}, -ADVANTAGE));
    return LossExplanation.of(
        options,
        loss,
        new LossBatch(rows, 4, new LossBatch.Totals(10, 4)),
        List.of(1.0, 0.0),
        new double[][] {{1, 0}, {1, 0.25}});
  }

  @Test
  void everyStageOfTheArithmeticIsPrinted() {
    LossOptions options = new LossOptions(LossKind.DAPO, 0.2, 0.2, 0, AdvantageScale.GROUP, false);
    LossExplanation explanation = explain(options, Losses.dapo(Clip.of(0.2, 0.2)));
    String text = explanation.text();
    for (String part :
        List.of(
            "mean of the rewards 0.5, standard deviation of the group 0.7071 (n - 1)",
            "advantage = (reward - 0.5) / (0.7071 + 0.0001)",
            "ratio clipped to 0.8 .. 1.2 * advantage), divided by the 10 trained tokens",
            "  0        1     0.7070       4   1.1850  (0.8187 to 1.6487)      0 + 2  -0.301892",
            "  1        0    -0.7070       2   0.8805  (0.7408 to 1.0202)      1 + 0   0.128689")) {
      assertTrue(text.contains(part), part + " is not in\n" + text);
    }
    double first = -ADVANTAGE * (1.2 + Math.exp(-0.2) + Math.exp(0.05) + 1.2) / 10;
    double second = ADVANTAGE * (0.8 + Math.exp(0.02)) / 10;
    assertEquals(first, explanation.shares().get(0).share(), 1e-12);
    assertEquals(second, explanation.shares().get(1).share(), 1e-12);
    assertEquals(first + second, explanation.loss(), 1e-12);
  }

  @Test
  void theKlTermStandsByItself() {
    LossOptions options = new LossOptions(LossKind.DAPO, 0.2, 0.2, 0.5, AdvantageScale.NONE, false);
    SurrogateLoss plain = Losses.dapo(Clip.of(0.2, 0.2));
    LossExplanation with = explain(options, plain.withKl(KlPenalty.k3(0.5)));
    LossExplanation without = explain(options, plain);
    assertEquals(without.shares().get(0).share(), with.shares().get(0).share(), 1e-12);
    assertTrue(with.klTerm() > 0);
    assertEquals(with.klTerm(), with.loss() - without.loss(), 1e-12);
    assertTrue(with.text().contains("KL term: 0.5 times the k3 estimate"), with.text());
    assertTrue(with.text().contains("advantage = reward - 0.5\n"), with.text());
  }

  @Test
  void everyLossSaysWhatItDividesBy() {
    for (LossKind kind : LossKind.values()) {
      LossOptions usual = LossOptions.standard(kind);
      String text = explain(usual, TrainingSetup.policyLoss(usual)).text();
      assertTrue(text.contains("divided by"), text);
    }
  }
}
