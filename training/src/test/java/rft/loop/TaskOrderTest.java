package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import rft.prompt.Prompt;

class TaskOrderTest {
  private static List<Prompt> prompts(int count) {
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prompts.add(TinyStep.prompt("t" + i, 1 + i));
    }
    return prompts;
  }

  private static List<Prompt> steps(TaskOrder order, int from, int to) {
    List<Prompt> seen = new ArrayList<>();
    for (int step = from; step <= to; step++) {
      seen.addAll(order.at(step));
    }
    return seen;
  }

  @Test
  void everyEpochVisitsEveryTaskOnceAndInAnotherOrder() {
    TaskOrder order = new TaskOrder(prompts(12), 4, 1);
    List<Prompt> first = steps(order, 1, 3);
    List<Prompt> second = steps(order, 4, 6);
    assertEquals(new HashSet<>(prompts(12)), new HashSet<>(first));
    assertEquals(new HashSet<>(prompts(12)), new HashSet<>(second));
    assertNotEquals(first, second);
    assertNotEquals(prompts(12), first);
  }

  @Test
  void stepDoesNotDependOnTheStepsBeforeIt() {
    TaskOrder walked = new TaskOrder(prompts(10), 4, 1);
    steps(walked, 1, 7);
    assertEquals(new TaskOrder(prompts(10), 4, 1).at(8), walked.at(8));
  }

  @Test
  void stepAcrossTheEndOfAnEpochGoesOnWithTheNext() {
    TaskOrder order = new TaskOrder(prompts(10), 4, 1);
    List<Prompt> seen = steps(order, 1, 5);
    assertEquals(new HashSet<>(prompts(10)), new HashSet<>(seen.subList(0, 10)));
    assertEquals(new HashSet<>(prompts(10)), new HashSet<>(seen.subList(10, 20)));
  }

  @Test
  void stepLargerThanTheDatasetTakesTasksAgain() {
    List<Prompt> step = new TaskOrder(prompts(3), 7, 1).at(1);
    assertEquals(7, step.size());
    assertEquals(new HashSet<>(prompts(3)), new HashSet<>(step.subList(0, 3)));
    assertEquals(new HashSet<>(prompts(3)), new HashSet<>(step.subList(3, 6)));
  }

  @Test
  void seedChangesTheOrder() {
    assertNotEquals(
        steps(new TaskOrder(prompts(12), 4, 1), 1, 3),
        steps(new TaskOrder(prompts(12), 4, 2), 1, 3));
  }

  @Test
  void lateStepOfALongRunIsStillFound() {
    assertEquals(1000, new TaskOrder(prompts(3), 1000, 1).at(Integer.MAX_VALUE / 2).size());
  }

  @Test
  void noTasksAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TaskOrder(List.of(), 4, 1));
  }
}
