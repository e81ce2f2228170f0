package rft.command;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import rft.dataset.Task;
import rft.loop.Evaluation;
import rft.loop.Evaluator;
import rft.loop.RewardGroupJudge;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.rollout.LoadedModel;
import rft.worker.WorkerReward;

/**
 * Measures a model on tasks by a reward, sampled and greedy.
 *
 * @param model what to measure
 * @param reward the true check
 * @param rewardLimit time limit of one call of the reward
 * @param seed of the draws: the same for every model that is compared
 */
record Measure(LoadedModel model, RewardUnit reward, Duration rewardLimit, long seed) {
  /**
   * Both evaluations of the same tasks.
   *
   * @param sampled at the asked temperature
   * @param greedy one most likely completion per task
   */
  record Both(Evaluation sampled, Evaluation greedy) {
    EvaluationSummary summary() {
      return EvaluationSummary.of(sampled, greedy);
    }
  }

  Both on(
      List<Task> tasks,
      PolicyView view,
      int samples,
      SamplingSettings settings,
      BooleanSupplier stop) {
    try (RewardJudge judge = WorkerReward.judge(reward, rewardLimit)) {
      Evaluator evaluator = new Evaluator(model, new RewardGroupJudge(judge), seed);
      Evaluation sampled = evaluator.evaluate(view, tasks, samples, settings, stop);
      SamplingSettings greedy = SamplingSettings.greedy(settings.maxNewTokens());
      return new Both(sampled, evaluator.evaluate(view, tasks, 1, greedy, stop));
    }
  }
}
