package rft.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shares of rollouts are those of the reference numbers, and together they are the loss. */
final class RowShareTest {
  static Stream<String> variants() {
    return FixtureTest.variants();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theSharesAndTheKlTermAddUpToTheLoss(String name) {
    JsonNode variant = Fixture.variant(name);
    SurrogateLoss loss = Fixture.loss(variant);
    LossBatch batch = Fixture.batch(variant);
    double sum = RowShare.idle(loss, batch);
    for (RowShare share : RowShare.of(loss, batch)) {
      sum += share.share();
    }
    assertEquals(variant.required("loss").asDouble(), sum, 1e-12);
  }

  @Test
  void ratiosAndClippedTokensAreThoseOfTheRow() {
    LossBatch batch = Fixture.batch(Fixture.variant("grpo"));
    List<RowShare> shares = RowShare.of(Losses.grpo(Clip.of(0.2, 0.2)), batch);
    RowShare first = shares.get(0);
    double[] ratios = Fixture.matrix(Fixture.get("ratios").required("token"))[0];
    assertEquals(4, first.tokens());
    assertEquals(
        Stream.of(0, 1, 2, 3).mapToDouble(t -> ratios[t]).average().orElse(0),
        first.ratio(),
        1e-12);
    assertEquals(ratios[1], first.leastRatio(), 1e-12);
    assertEquals(ratios[3], first.mostRatio(), 1e-12);
    assertEquals(List.of(0L, 2L), List.of(first.clippedLow(), first.clippedHigh()));
    double clipped = 1.2 + ratios[1] + ratios[2] + 1.2;
    assertEquals(-0.7070067953266834 * clipped / 4 / 4, first.share(), 1e-12);
  }
}
