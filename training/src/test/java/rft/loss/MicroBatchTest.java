package rft.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rft.loss.LossBatch.Row;
import rft.loss.LossBatch.Totals;

final class MicroBatchTest {
  private static final int LIMIT = RandomRows.LONGEST;
  private static final int[] CUTS = {0, 3, 4, 4, 9, 17};

  /** All but those whose meaning is local to a micro-batch: the top-entropy mask. */
  static Stream<String> additive() {
    return NamedLosses.withParts().keySet().stream()
        .filter(name -> !name.endsWith("topEntropy") && !name.endsWith("everything"));
  }

  @ParameterizedTest
  @MethodSource("additive")
  void microBatchesAddUpToTheWholeStep(String name) {
    assertAddsUp(NamedLosses.withParts().get(name));
  }

  @Test
  void microBatchesOfTheSupervisedLossAddUpToo() {
    assertAddsUp(new NegativeLogLikelihood());
  }

  @Test
  void everyAdditiveLossIsCovered() {
    assertEquals(9 * 11, additive().count());
  }

  private static void assertAddsUp(PolicyLoss loss) {
    List<Row> rows = new RandomRows(21).rows(17);
    LossResult whole = loss.evaluate(LossBatch.whole(rows, LIMIT));
    double value = 0;
    double klSum = 0;
    long tokens = 0;
    long klTokens = 0;
    Clipping clipping = Clipping.NONE;
    List<double[]> gradient = new ArrayList<>();
    for (LossResult part : parts(loss, rows)) {
      value += part.loss();
      klSum += part.klSum();
      tokens += part.tokens();
      klTokens += part.klTokens();
      clipping = clipping.plus(part.clipping());
      gradient.addAll(List.of(part.gradient()));
    }
    assertEquals(whole.loss(), value, 1e-12);
    assertEquals(whole.klSum(), klSum, 1e-12);
    assertEquals(whole.tokens(), tokens);
    assertEquals(whole.klTokens(), klTokens);
    assertEquals(whole.clipping(), clipping);
    for (int i = 0; i < rows.size(); i++) {
      assertArrayEquals(whole.gradient()[i], gradient.get(i));
    }
  }

  private static List<LossResult> parts(PolicyLoss loss, List<Row> rows) {
    List<LossResult> parts = new ArrayList<>();
    for (int i = 1; i < CUTS.length; i++) {
      List<Row> part = rows.subList(CUTS[i - 1], CUTS[i]);
      parts.add(loss.evaluate(new LossBatch(part, LIMIT, Totals.of(rows))));
    }
    return parts;
  }
}
