package rft.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rft.loss.LossBatch.Row;

/** Every number of the fixture, made by TRL's own code and by independent computations. */
final class FixtureTest {
  static Stream<String> variants() {
    return StreamSupport.stream(Fixture.get("variants").spliterator(), false)
        .map(variant -> variant.required("name").asText());
  }

  @Test
  void theFixtureHasAllItsVariants() {
    assertEquals(29, variants().distinct().count());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theLossAndEveryGradientAreReproduced(String name) {
    JsonNode variant = Fixture.variant(name);
    LossResult result = Fixture.loss(variant).evaluate(Fixture.batch(variant));
    assertEquals(variant.required("loss").asDouble(), result.loss(), Fixture.TOLERANCE);
    assertRows(Fixture.matrix(variant.required("grad")), result.gradient());
    assertEquals(10, result.tokens());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyMetricIsReproduced(String name) {
    JsonNode variant = Fixture.variant(name);
    LossResult result = Fixture.loss(variant).evaluate(Fixture.batch(variant));
    Map<String, Double> metrics =
        Map.of(
            "clip_ratio/low_mean", result.clipping().lowShare(),
            "clip_ratio/high_mean", result.clipping().highShare(),
            "clip_ratio/region_mean", result.clipping().regionShare(),
            "clip_ratio/low_min", result.clipping().lowestLow(),
            "clip_ratio/high_max", result.clipping().highestHigh(),
            "cispo_clip_ratio", result.clipping().highShare(),
            "vespo/phi_seq_mean", result.phiMean(),
            "kl", result.klSum() / result.klTokens());
    variant
        .path("metrics")
        .properties()
        .forEach(
            metric ->
                assertEquals(
                    metric.getValue().asDouble(),
                    metrics.get(metric.getKey()),
                    Fixture.TOLERANCE,
                    metric.getKey()));
  }

  @Test
  void ratiosAreReproducedAtBothLevels() {
    JsonNode ratios = Fixture.get("ratios");
    List<Row> rows = Fixture.rows();
    assertRows(
        Fixture.matrix(ratios.required("token")),
        rows.stream().map(RatioLevel.TOKEN::ratios).toArray(double[][]::new));
    assertPerRow(
        Fixture.numbers(ratios.required("sequence")),
        rows.stream().map(RatioLevel.SEQUENCE::ratios).toArray(double[][]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"k1", "k2", "k3"})
  void klEstimatesAreReproduced(String name) {
    double[][] expected = Fixture.matrix(Fixture.get("kl").required(name));
    KlEstimator estimator = KlEstimator.valueOf(name.replace('k', 'K'));
    List<Row> rows = Fixture.rows();
    for (int i = 0; i < expected.length; i++) {
      for (int t = 0; t < expected[i].length; t++) {
        double x = rows.get(i).baseLogProb(t) - rows.get(i).logProb(t);
        assertEquals(expected[i][t], estimator.value(x), Fixture.TOLERANCE);
      }
    }
  }

  @Test
  void theTokenMeanOfTheKlEstimateIsReproduced() {
    LossResult result =
        Losses.dapo(Clip.of(0.2, 0.2))
            .withKl(KlPenalty.k3(0.5))
            .evaluate(LossBatch.whole(Fixture.rows(), 4));
    assertEquals(
        Fixture.get("kl").required("k3TokenMean").asDouble(),
        result.klSum() / result.klTokens(),
        Fixture.TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_truncate", "token_mask", "sequence_truncate", "sequence_mask"})
  void importanceWeightsAreReproduced(String name) {
    assertWeights(Fixture.correction(name), Fixture.get("importanceCorrection").required(name));
  }

  @Test
  void importanceRatiosBeforeTheBoundAreReproduced() {
    JsonNode block = Fixture.get("importanceCorrection");
    assertWeights(unbounded(RatioLevel.TOKEN), block.required("tokenRatio"));
    assertWeights(unbounded(RatioLevel.SEQUENCE), block.required("sequenceRatio"));
  }

  private static ImportanceCorrection unbounded(RatioLevel level) {
    return new ImportanceCorrection(
        level, ImportanceCorrection.Outside.TRUNCATE, 0, Double.POSITIVE_INFINITY);
  }

  private static void assertWeights(ImportanceCorrection correction, JsonNode expected) {
    double[][] actual = Fixture.rows().stream().map(correction::weights).toArray(double[][]::new);
    if (correction.level() == RatioLevel.TOKEN) {
      assertRows(Fixture.matrix(expected), actual);
    } else {
      assertPerRow(Fixture.numbers(expected), actual);
    }
  }

  private static void assertPerRow(double[] expected, double[][] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      for (double value : actual[i]) {
        assertEquals(expected[i], value, Fixture.TOLERANCE);
      }
    }
  }

  private static void assertRows(double[][] expected, double[][] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], Fixture.TOLERANCE, "row " + i);
    }
  }
}
