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
  void intervalOfNoPassAndOfAllPassesLeavesRoomForTasksUnlikeThose() {
    Evaluation.Estimate none = all(20, 0, 0, 0, 0).accuracy();
    assertEquals(0, none.low());
    // Wilson's score of 0 of 20.
    assertEquals(0.16113, none.high(), 1e-5);
    Evaluation.Estimate every = all(20, 1, 1, 1, 1).accuracy();
    assertEquals(1 - 0.16113, every.low(), 1e-5);
    assertEquals(1, every.high());
    assertEquals(none, all(20, 0, 0, 0, 0).passAt(4));
  }

  @Test
  void onePassOfManyTasksIsNotSurerToBeRareThanNone() {
    List<Evaluation.TaskResult> tasks = new ArrayList<>(all(199, 0).tasks());
    tasks.add(task(1));
    Evaluation.Estimate one = new Evaluation(tasks).accuracy();
    assertEquals(0, one.low());
    assertTrue(one.high() >= all(200, 0).accuracy().high(), one.toString());
  }

  @Test
  void intervalOfDifferencesThatAreAllAlikeLeavesRoomForOthers() {
    Evaluation.Estimate nothing = all(20, 0).differenceTo(all(20, 0));
    assertEquals(new Evaluation.Estimate(0, -nothing.high(), nothing.high()), nothing);
    assertEquals(0.16113, nothing.high(), 1e-5);
    Evaluation.Estimate everything = all(20, 0).differenceTo(all(20, 1));
    assertEquals(1, everything.mean());
    assertEquals(1 - 2 * 0.16113, everything.low(), 1e-5);
    assertEquals(1, everything.high());
  }

  @Test
  void intervalOfEqualGainsOfRewardGoesByTheRewardsThatWereSeen() {
    Evaluation.Estimate gain = all(20, 0).rewardDifferenceTo(all(20, 0.1)).orElseThrow();
    assertEquals(0.1 - 0.16113 * 0.2, gain.low(), 1e-5);
    assertEquals(0.1, gain.high(), 1e-12);
    Evaluation.Estimate still = all(20, 0.5).rewardDifferenceTo(all(20, 0.5)).orElseThrow();
    assertEquals(-0.16113, still.low(), 1e-5);
    assertEquals(0.16113, still.high(), 1e-5);
  }

  @Test
  void intervalOfSharesAndGainsThatAreAlikeInBetweenIsNoPointEither() {
    Evaluation.Estimate half = all(20, 1, 0).accuracy();
    assertEquals(0.5, half.mean());
    assertEquals(0.5 - 0.16113 / 2, half.low(), 1e-5);
    assertEquals(0.5 + 0.16113 / 2, half.high(), 1e-5);
    // A third more each, which is not one number: 1 - 2/3 and 1/3 - 0 differ by a rounding.
    Evaluation before = new Evaluation(List.of(task(1, 1, 0), task(0, 0, 0)));
    Evaluation after = new Evaluation(List.of(task(1, 1, 1), task(1, 0, 0)));
    Evaluation.Estimate gain = before.differenceTo(after);
    assertEquals(1.0 / 3, gain.mean(), 1e-12);
    assertTrue(gain.low() < 0, gain.toString());
  }

  @Test
  void intervalOfAFewTasksThatDifferIsStudents() {
    Evaluation none = all(3, 0, 0, 0, 0);
    Evaluation some = new Evaluation(List.of(task(1, 0, 0, 0), task(1, 1, 0, 0), task(1, 1, 0, 0)));
    Evaluation.Estimate gain = none.differenceTo(some);
    // Deviation 0.144338 by the root of 3, times 4.303.
    assertEquals(5.0 / 12 - 0.35858, gain.low(), 1e-4);
    assertEquals(5.0 / 12 + 0.35858, gain.high(), 1e-4);
    Evaluation.Estimate two =
        new Evaluation(List.of(task(1, 1, 1, 0), task(1, 0, 0, 0))).accuracy();
    assertEquals(new Evaluation.Estimate(0.5, 0, 1), two);
  }

  private static Evaluation all(int tasks, double... rewards) {
    return new Evaluation(Collections.nCopies(tasks, task(rewards)));
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
