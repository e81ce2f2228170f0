package rft.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import rft.loss.LossBatch.Row;
import rft.loss.LossBatch.Totals;

final class LossBatchTest {
  private static final boolean[] BOTH = {true, true};

  private static Row row(double... logProbs) {
    return Row.of(logProbs, logProbs, logProbs, null, new boolean[] {true, false}, 1);
  }

  @Test
  void aRowCountsTheTokensThatTrain() {
    Row row = row(-1, -2);
    assertEquals(2, row.length());
    assertEquals(1, row.tokens());
    assertTrue(row.trains(0));
    assertFalse(row.trains(1));
    assertEquals(0, row.untrained().tokens());
    assertEquals(-2, row.untrained().logProb(1));
  }

  @Test
  void aRowDoesNotChangeWithTheArraysItCameFrom() {
    double[] logProbs = {-1, -2};
    boolean[] trains = {true, true};
    Row row = Row.of(logProbs, logProbs, logProbs, logProbs, trains, 1);
    logProbs[0] = -9;
    trains[1] = false;
    assertEquals(-1, row.logProb(0));
    assertEquals(-1, row.baseLogProb(0));
    assertEquals(2, row.tokens());
  }

  @Test
  void singlePrecisionLogProbsKeepTheirValue() {
    float[] logProbs = {-0.1f, -2.5f};
    Row row = Row.of(logProbs, logProbs, logProbs, logProbs, BOTH, 0.5);
    assertEquals((double) -0.1f, row.logProb(0));
    assertEquals((double) -0.1f, row.oldLogProb(0));
    assertEquals(-2.5, row.samplerLogProb(1));
    assertEquals(-2.5, row.baseLogProb(1));
    assertEquals(0.5, row.advantage());
  }

  @Test
  void lengthsThatDifferAreNamed() {
    double[] two = {-1, -2};
    double[] three = {-1, -2, -3};
    assertMessage("2 log-probs and 3 old log-probs", () -> Row.of(two, three, two, null, BOTH, 1));
    assertMessage("3 sampler log-probs", () -> Row.of(two, two, three, null, BOTH, 1));
    assertMessage("3 base log-probs", () -> Row.of(two, two, two, three, BOTH, 1));
    assertMessage("1 mask values", () -> Row.of(two, two, two, two, new boolean[1], 1));
    assertMessage("3 entropies", () -> row(two).withEntropies(three));
    assertMessage("2 flags", () -> LossBatch.maskTruncated(List.of(row(two)), BOTH));
  }

  @Test
  void anAdvantageThatIsNotFiniteIsRefused() {
    double[] two = {-1, -2};
    assertMessage("NaN", () -> Row.of(two, two, two, null, BOTH, Double.NaN));
  }

  @Test
  void totalsSmallerThanTheMicroBatchAreRefused() {
    List<Row> rows = List.of(row(-1, -2), row(-3, -4));
    assertEquals(new Totals(2, 2), Totals.of(rows));
    assertMessage("1 rows", () -> new LossBatch(rows.subList(0, 1), 4, new Totals(9, 0)));
    assertMessage("2 trained tokens", () -> new LossBatch(rows, 4, new Totals(1, 2)));
    assertMessage("-1 tokens", () -> new Totals(-1, 2));
    assertMessage("(0)", () -> LossBatch.whole(rows, 0));
  }

  private static void assertMessage(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
