package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import rft.dataset.Split;
import rft.dataset.Task;
import rft.policy.AdapterShape;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.policy.TinyModels;
import rft.reward.RewardFunction;
import rft.reward.RewardJudge;
import rft.rollout.LoadedModel;

class EvaluatorTest {
  private static final SamplingSettings SETTINGS = new SamplingSettings(8, 1, 1, 0);

  private static LoadedModel model;
  private static RewardJudge judge;
  private static List<Task> tasks;

  @BeforeAll
  static void open() throws java.io.IOException {
    model = BundledModel.open();
    model.policy().attachAdapter(new AdapterShape(4, 8, List.of("q_proj")), 1);
    judge = new RewardJudge(BundledModel.exact().asGroup(), Duration.ofSeconds(5));
    tasks = BundledModel.dates().get(Split.VALIDATION).subList(0, 4);
  }

  @AfterAll
  static void close() {
    judge.close();
    model.close();
  }

  private static Evaluation evaluate(PolicyView view, List<Task> chosen, long seed) {
    return new Evaluator(model, new RewardGroupJudge(judge), seed)
        .evaluate(view, chosen, 3, SETTINGS, () -> false);
  }

  private static List<List<String>> texts(Evaluation evaluation) {
    return evaluation.tasks().stream().map(Evaluation.TaskResult::texts).toList();
  }

  @Test
  void tasksKeepTheirOrderAndOneTooLongCountsAsNotPassed() {
    List<Task> mixed = new ArrayList<>(tasks);
    mixed.add(1, Task.of("long", "what? ".repeat(400), "x"));
    Evaluation evaluation = evaluate(PolicyView.TUNED, mixed, 1);
    assertEquals(
        mixed.stream().map(Task::id).toList(),
        evaluation.tasks().stream().map(Evaluation.TaskResult::taskId).toList());
    Evaluation.TaskResult tooLong = evaluation.tasks().get(1);
    assertEquals(List.of("", "", ""), tooLong.texts());
    assertEquals(0, tooLong.passed());
    assertTrue(tooLong.rewards().stream().allMatch(reward -> reward.isNaN()));
    assertEquals(3, evaluation.tasks().get(0).rewards().size());
  }

  @Test
  void everySampleWithoutARewardSaysWhy() {
    List<Task> mixed = List.of(tasks.get(0), Task.of("long", "what? ".repeat(400), "x"));
    assertEquals(List.of(), evaluate(PolicyView.TUNED, tasks, 1).unscored());
    RewardFunction broken =
        (task, completion) -> {
          throw new IllegalStateException("boom");
        };
    try (RewardJudge failing = new RewardJudge(broken.asGroup(), Duration.ofSeconds(5))) {
      List<String> why =
          new Evaluator(model, new RewardGroupJudge(failing), 1)
              .evaluate(PolicyView.TUNED, mixed, 2, SETTINGS, () -> false)
              .unscored();
      assertEquals(4, why.size());
      assertTrue(why.get(0).startsWith("the prompt of task long has "), why.get(0));
      String thrown = why.get(2);
      assertTrue(thrown.startsWith("task " + mixed.get(0).id() + ": "), thrown);
      assertTrue(thrown.contains("boom"), thrown);
    }
  }

  @Test
  void onlyTooLongTasksAreAnEvaluationToo() {
    Task tooLong = Task.of("long", "what? ".repeat(400), "x");
    assertEquals(0, evaluate(PolicyView.TUNED, List.of(tooLong), 1).accuracy().mean());
  }

  @Test
  void baseAndTunedGetTheSameRandomNumbers() {
    List<List<String>> base = texts(evaluate(PolicyView.BASE, tasks, 1));
    // A fresh adapter changes nothing, so whatever differs were the numbers.
    assertEquals(base, texts(evaluate(PolicyView.TUNED, tasks, 1)));
    assertNotEquals(base, texts(evaluate(PolicyView.BASE, tasks, 2)));
  }

  @Test
  void tunedPolicyIsTheOneMeasured() {
    try (LoadedModel moved = BundledModel.open()) {
      moved.policy().attachAdapter(new AdapterShape(4, 8, List.of("q_proj", "down_proj")), 1);
      TinyModels.perturb(moved.policy(), 1, 1);
      Evaluator evaluator = new Evaluator(moved, new RewardGroupJudge(judge), 1);
      List<List<String>> base =
          texts(evaluator.evaluate(PolicyView.BASE, tasks, 3, SETTINGS, () -> false));
      assertEquals(texts(evaluate(PolicyView.BASE, tasks, 1)), base);
      assertNotEquals(
          base, texts(evaluator.evaluate(PolicyView.TUNED, tasks, 3, SETTINGS, () -> false)));
    }
  }

  @Test
  void stopAbandonsTheEvaluation() {
    Evaluator evaluator = new Evaluator(model, new RewardGroupJudge(judge), 1);
    assertThrows(
        CancellationException.class,
        () -> evaluator.evaluate(PolicyView.TUNED, tasks, 3, SETTINGS, () -> true));
  }
}
