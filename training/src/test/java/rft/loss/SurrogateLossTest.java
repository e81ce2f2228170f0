package rft.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rft.loss.LossBatch.Row;
import rft.loss.LossBatch.Totals;

final class SurrogateLossTest {
  private static final Clip CLIP = Clip.of(0.2, 0.2);

  static Stream<String> losses() {
    return NamedLosses.plain().keySet().stream();
  }

  private static Row row(double logProb, double old, double advantage) {
    double[] one = {old};
    return Row.of(new double[] {logProb}, one, one, one, new boolean[] {true}, advantage);
  }

  private static LossResult evaluate(PolicyLoss loss, Row... rows) {
    return loss.evaluate(LossBatch.whole(List.of(rows), 4));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aLogProbThatIsNotFiniteGivesALossThatIsNot(String name) {
    SurrogateLoss loss = NamedLosses.plain().get(name);
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1 / 0.0}) {
      for (double advantage : new double[] {-1, 0, 1}) {
        for (Row broken : List.of(row(bad, -1, advantage), row(-1, bad, advantage))) {
          LossResult result = evaluate(loss, row(-1, -1, 1), broken);
          assertFalse(Double.isFinite(result.loss()), bad + " with advantage " + advantage);
          assertTrue(Double.isNaN(result.gradient()[1][0]));
          assertTrue(Double.isFinite(result.gradient()[0][0]));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
  void aBrokenBaseOrSamplerLogProbIsNoticedWhereItIsRead(double bad) {
    double[] good = {-1};
    double[] broken = {bad};
    boolean[] trains = {true};
    Row base = Row.of(good, good, good, broken, trains, -1);
    Row sampler = Row.of(good, good, broken, good, trains, -1);
    SurrogateLoss loss = Losses.dapo(CLIP);
    assertFalse(Double.isFinite(evaluate(loss.withKl(KlPenalty.k3(0.1)), base).loss()));
    assertFalse(Double.isFinite(evaluate(loss.withOffPolicyMask(0.5), sampler).loss()));
    for (String name : List.of("token_truncate", "token_mask", "sequence_mask")) {
      ImportanceCorrection correction = Fixture.correction(name);
      assertFalse(
          Double.isFinite(evaluate(loss.withImportanceCorrection(correction), sampler).loss()));
      assertFalse(
          Double.isFinite(
              evaluate(Losses.vespo().withImportanceCorrection(correction), sampler).loss()));
    }
    assertEquals(1, evaluate(loss, base).loss());
    assertEquals(1, evaluate(loss, sampler).loss());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aRatioThatOverflowsIsClippedOnItsOwnSide(String name) {
    LossResult result = evaluate(NamedLosses.plain().get(name), row(0, -1000, 1));
    assertTrue(Double.isFinite(result.loss()));
    assertTrue(Double.isFinite(result.gradient()[0][0]));
  }

  @Test
  void aRatioThatOverflowsAgainstItsSideIsNotHidden() {
    assertFalse(Double.isFinite(evaluate(Losses.grpo(CLIP), row(0, -1000, -1)).loss()));
    assertEquals(3, evaluate(Losses.grpo(CLIP.withDelta(3)), row(0, -1000, -1)).loss());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aStepWithoutATrainedTokenIsWorthNothing(String name) {
    SurrogateLoss loss = NamedLosses.plain().get(name).withKl(KlPenalty.k3(0.1));
    LossResult result = evaluate(loss, row(-1, -2, 1).untrained(), row(-1, -2, -1).untrained());
    assertEquals(0, result.loss());
    assertArrayEquals(new double[][] {{0}, {0}}, result.gradient());
    assertEquals(0, result.tokens());
    assertEquals(0, evaluate(loss).loss());
  }

  @Test
  void aTruncatedRowLeavesTokenCountsAndStaysARow() {
    List<Row> rows = Fixture.rows();
    boolean[] ended = {true, false, true, true};
    List<Row> masked = LossBatch.maskTruncated(rows, ended);
    List<Row> without = List.of(rows.get(0), rows.get(2), rows.get(3));
    assertEquals(new Totals(8, 4), Totals.of(masked));
    assertEquals(
        Losses.dapo(CLIP).evaluate(LossBatch.whole(without, 4)).loss(),
        Losses.dapo(CLIP).evaluate(LossBatch.whole(masked, 4)).loss(),
        1e-15);
    LossResult rowMean = Losses.grpo(CLIP).evaluate(LossBatch.whole(masked, 4));
    assertEquals(
        Losses.grpo(CLIP).evaluate(LossBatch.whole(without, 4)).loss() * 3 / 4,
        rowMean.loss(),
        1e-15);
    assertArrayEquals(new double[] {0, 0}, rowMean.gradient()[1]);
    assertEquals(8, rowMean.tokens());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpo", "dapo", "drGrpo", "gspo", "luspo", "cispo", "sapo"})
  void onPolicyEveryLossPushesByTheAdvantageAlone(String name) {
    LossResult result =
        NamedLosses.plain().get(name).evaluate(LossBatch.whole(Fixture.rows("logp", "group"), 4));
    double[] advantages = Fixture.numbers(Fixture.get("advantages").required("group"));
    int[] lengths = {4, 2, 3, 1};
    for (int i = 0; i < lengths.length; i++) {
      double share =
          switch (name) {
            case "dapo", "cispo" -> 1.0 / 10;
            case "drGrpo" -> 1.0 / 16;
            case "luspo" -> 1.0 / 4;
            default -> 1.0 / 4 / lengths[i];
          };
      for (double slope : result.gradient()[i]) {
        assertEquals(-advantages[i] * share, slope, 1e-15);
      }
    }
    assertEquals(0, result.clippedLow() + result.clippedHigh());
  }

  @Test
  void noMaskOrCorrectionTouchesTheKlPenalty() {
    Row dropped =
        Row.of(
                new double[] {-1},
                new double[] {-1},
                new double[] {-9},
                new double[] {-2},
                new boolean[] {true},
                1)
            .withEntropies(new double[] {1});
    SurrogateLoss kl = Losses.dapo(CLIP).withKl(KlPenalty.k3(0.5));
    LossResult result =
        evaluate(kl.withImportanceCorrection(ImportanceCorrection.standard()), dropped);
    assertEquals(0.5 * Math.exp(-1), result.loss(), 1e-15);
    assertEquals(0.5 * (1 - Math.exp(-1)), result.gradient()[0][0], 1e-15);
  }

  @Test
  void clippingCountsTokensAtTokenLevelAndRowsAtSequenceLevel() {
    LossBatch batch = LossBatch.whole(Fixture.rows(), 4);
    LossResult token = Losses.grpo(CLIP).evaluate(batch);
    assertEquals(1, token.clippedLow());
    assertEquals(3, token.clippedHigh());
    assertEquals(10, token.clipping().units());
    LossResult sequence = Losses.gspo(Clip.of(3e-4, 4e-4)).evaluate(batch);
    assertEquals(2, sequence.clippedLow());
    assertEquals(2, sequence.clippedHigh());
    assertEquals(4, sequence.clipping().units());
  }

  @Test
  void theTopEntropyMaskKeepsTheTokensThePolicyIsLeastSureOf() {
    double[] same = {-1, -1, -1, -1, -1};
    boolean[] trains = {true, true, true, true, false};
    Row row =
        Row.of(same, same, same, null, trains, 1)
            .withEntropies(new double[] {0.1, 0.9, 0.5, 0.3, 99});
    LossResult half = evaluate(Losses.dapo(CLIP).withTopEntropy(0.5), row);
    assertArrayEquals(new double[] {0, -0.25, -0.25, 0, 0}, half.gradient()[0]);
    LossResult all = evaluate(Losses.dapo(CLIP).withTopEntropy(1), row);
    assertArrayEquals(new double[] {-0.25, -0.25, -0.25, -0.25, 0}, all.gradient()[0]);
  }

  @Test
  void theOffPolicyMaskDropsOnlyBadRowsThatThePolicyLeft() {
    double[] far = {-2};
    double[] sampler = {-1};
    boolean[] trains = {true};
    Row bad = Row.of(far, far, sampler, null, trains, -1);
    Row good = Row.of(far, far, sampler, null, trains, 1);
    SurrogateLoss loss = Losses.dapo(CLIP).withOffPolicyMask(0.5);
    assertArrayEquals(new double[][] {{0}, {-0.5}}, evaluate(loss, bad, good).gradient());
    assertEquals(1, evaluate(Losses.dapo(CLIP).withOffPolicyMask(1.5), bad).gradient()[0][0]);
  }

  @Test
  void theCorrectionOfVespoEntersItsRatioOfTheRow() {
    double[] logProbs = {-1, -2};
    double[] old = {-1.2, -1.9};
    double[] sampler = {-1.5, -1.8};
    Row row = Row.of(logProbs, old, sampler, null, new boolean[] {true, true}, -1);
    double w = Math.exp(0.1 + (0.3 - 0.1));
    double phi = Math.exp(2 + 3 * Math.log(w) - 2 * w);
    for (String level : List.of("token_truncate", "sequence_truncate")) {
      LossResult result =
          evaluate(Losses.vespo().withImportanceCorrection(Fixture.correction(level)), row);
      assertEquals(phi, result.phiMean(), 1e-12);
      assertEquals(phi * -3 / 2, result.loss(), 1e-12);
    }
    LossResult dropped =
        evaluate(
            Losses.vespo()
                .withImportanceCorrection(
                    new ImportanceCorrection(
                        RatioLevel.SEQUENCE, ImportanceCorrection.Outside.MASK, 0, 1)),
            row);
    assertEquals(0, dropped.phiMean(), 1e-12);
  }

  @Test
  void baseLogProbsAndEntropiesAreAskedForWhereTheyAreMissing() {
    double[] one = {-1};
    Row bare = Row.of(one, one, one, null, new boolean[] {true}, 1);
    SurrogateLoss loss = Losses.dapo(CLIP);
    assertFalse(loss.withKl(KlPenalty.k3(0)).needsBase());
    assertEquals(-1, evaluate(loss.withKl(KlPenalty.k3(0)), bare).loss());
    SurrogateLoss kl = loss.withKl(KlPenalty.k3(0.1));
    assertTrue(kl.needsBase());
    String noBase =
        assertThrows(IllegalStateException.class, () -> evaluate(kl, bare)).getMessage();
    assertTrue(noBase.contains("base log-probs"), noBase);
    SurrogateLoss top = loss.withTopEntropy(0.2);
    String noEntropy =
        assertThrows(IllegalStateException.class, () -> evaluate(top, bare)).getMessage();
    assertTrue(noEntropy.contains("withEntropies"), noEntropy);
  }

  @Test
  void settingsThatMeanNothingAreRefusedWithTheirValue() {
    assertRefused("-0.1", () -> Clip.of(-0.1, 0.2));
    assertRefused("NaN", () -> Clip.of(0.2, Double.NaN));
    assertRefused("1.1", () -> CLIP.withDelta(1.1));
    assertRefused("-1.0", () -> KlPenalty.k3(-1));
    assertRefused("0.0", () -> Losses.cispo(0));
    assertRefused("-2.0", () -> Losses.sapo(-2, 1));
    assertRefused("0.0", () -> Losses.vespo(2, 0, 3, 2));
    assertRefused("1.5", () -> Losses.grpo(CLIP).withTopEntropy(1.5));
    assertRefused("NaN", () -> Losses.grpo(CLIP).withOffPolicyMask(Double.NaN));
    assertRefused(
        "4.0",
        () -> new ImportanceCorrection(RatioLevel.TOKEN, ImportanceCorrection.Outside.MASK, 4, 3));
  }

  private static void assertRefused(String value, Runnable setting) {
    String message = assertThrows(IllegalArgumentException.class, setting::run).getMessage();
    assertTrue(message.contains(value), message);
  }
}
