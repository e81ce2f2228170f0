package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static Evaluation.TaskResult task(double... rewards) {
    List<Double> list = new ArrayList<>();
    for (double reward : rewards) {
      list.add(reward);
    }
    return new Evaluation.TaskResult("t", list, Collections.nCopies(list.size(), "x"));
  }

  @Test
  void accuracyCountsFullMarksOnly() {
    Evaluation evaluation = new Evaluation(List.of(task(1, 0.99, 0, Double.NaN), task(1, 1, 1, 1)));
    assertEquals((0.25 + 1) / 2, evaluation.accuracy().mean(), 1e-12);
  }

  @Test
  void meanRewardLeavesOutWhatHasNone() {
    assertEquals(0.5, new Evaluation(List.of(task(1, Double.NaN, 0))).meanReward(), 1e-12);
    assertTrue(Double.isNaN(new Evaluation(List.of(task(Double.NaN))).meanReward()));
  }

  @Test
  void passAtKIsTheUnbiasedEstimator() {
    Evaluation evaluation = new Evaluation(List.of(task(1, 0, 0, 0)));
    assertEquals(0.25, evaluation.passAt(1).mean(), 1e-12);
    assertEquals(0.5, evaluation.passAt(2).mean(), 1e-12);
    assertEquals(1, evaluation.passAt(4).mean(), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> evaluation.passAt(5));
  }

  @Test
  void intervalHoldsTheMeanAndShrinksWithMoreTasks() {
    List<Evaluation.TaskResult> few = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      few.add(task(i % 2));
    }
    List<Evaluation.TaskResult> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.addAll(few);
    }
    Evaluation.Estimate wide = new Evaluation(few).accuracy();
    Evaluation.Estimate narrow = new Evaluation(many).accuracy();
    assertTrue(wide.low() <= 0.5 && wide.high() >= 0.5);
    assertTrue(narrow.high() - narrow.low() < (wide.high() - wide.low()) / 3);
    // 1000 coin flips: standard error 0.0158.
    assertEquals(2 * 1.96 * 0.0158, narrow.high() - narrow.low(), 0.01);
  }

  @Test
  void differenceIsPairedByTask() {
    Evaluation before = new Evaluation(List.of(task(0), task(1), task(0)));
    Evaluation after = new Evaluation(List.of(task(1), task(1), task(0)));
    assertEquals(1 / 3.0, before.differenceTo(after).mean(), 1e-12);
    assertThrows(
        IllegalArgumentException.class,
        () -> before.differenceTo(new Evaluation(List.of(task(1)))));
  }

  @Test
  void nothingToEvaluateIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Evaluation(List.of()));
  }
}
