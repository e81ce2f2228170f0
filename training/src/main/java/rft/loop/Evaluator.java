package rft.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import rft.dataset.Task;
import rft.policy.CounterRandom.Purpose;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.prompt.PromptSet;
import rft.reward.Verdict;
import rft.rollout.LoadedModel;
import rft.rollout.LocalRolloutSource;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;

/**
 * Measures a model on tasks: the same seed gives every policy the same random numbers, so that runs
 * pair up.
 */
public final class Evaluator {
  /** Evaluation draws are keyed by step 0: they do not depend on when they happen. */
  private static final int STEP = 0;

  private final LoadedModel model;
  private final GroupJudge judge;
  private final long seed;

  /**
   * Makes an evaluator; the judge must be the true check, never a reward that training may have
   * hacked.
   */
  public Evaluator(LoadedModel model, GroupJudge judge, long seed) {
    this.model = model;
    this.judge = judge;
    this.seed = seed;
  }

  /**
   * Returns the results on tasks; a task whose prompt does not fit the context counts as not
   * passed.
   *
   * @param samples completions per task
   * @param stop true abandons the evaluation
   */
  public Evaluation evaluate(
      PolicyView view,
      List<Task> tasks,
      int samples,
      SamplingSettings settings,
      BooleanSupplier stop) {
    PromptSet prompts = model.prompts(tasks, settings.maxNewTokens());
    LocalRolloutSource.Draw draw =
        new LocalRolloutSource.Draw(view, samples, settings, seed, Purpose.EVALUATE);
    Map<String, Evaluation.TaskResult> byId = new HashMap<>();
    List<String> unscored = new ArrayList<>();
    for (PromptSet.TooLong tooLong : prompts.tooLong()) {
      unscored.addAll(Collections.nCopies(samples, tooLong.toString()));
    }
    if (!prompts.kept().isEmpty()) {
      List<RolloutGroup> groups = model.rollouts(draw, stop).sample(prompts.kept(), STEP);
      for (JudgedGroup judged : judge.judge(groups, STEP)) {
        byId.put(judged.group().prompt().task().id(), result(judged));
        unscored.addAll(unscored(judged));
      }
    }
    List<Evaluation.TaskResult> results = new ArrayList<>();
    for (Task task : tasks) {
      results.add(byId.getOrDefault(task.id(), unanswered(task, samples)));
    }
    return new Evaluation(results, unscored);
  }

  private static List<String> unscored(JudgedGroup judged) {
    String task = "task " + judged.group().prompt().task().id() + ": ";
    return judged.verdicts().stream()
        .flatMap(
            verdict ->
                verdict.fold(
                    score -> Stream.<String>empty(),
                    abstain -> Stream.of("the reward does not apply: " + abstain.reason()),
                    failure -> Stream.of(failure.detail())))
        .map(task::concat)
        .toList();
  }

  private static Evaluation.TaskResult unanswered(Task task, int samples) {
    return new Evaluation.TaskResult(
        task.id(), Collections.nCopies(samples, Double.NaN), Collections.nCopies(samples, ""));
  }

  private static Evaluation.TaskResult result(JudgedGroup judged) {
    List<Double> rewards = new ArrayList<>();
    for (Verdict verdict : judged.verdicts()) {
      rewards.add(verdict.reward().orElse(Double.NaN));
    }
    List<String> texts =
        judged.group().rollouts().stream().map(Rollout::completion).map(c -> c.text()).toList();
    return new Evaluation.TaskResult(judged.group().prompt().task().id(), rewards, texts);
  }
}
