package rft.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import rft.dataset.Task;
import rft.loop.Evaluation;
import rft.policy.CounterRandom.Purpose;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.policy.Scorer;
import rft.prompt.Prompt;
import rft.prompt.PromptSet;
import rft.reward.Judgement;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.reward.Verdict;
import rft.rollout.LoadedModel;
import rft.rollout.LocalRolloutSource;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.worker.WorkerReward;

/**
 * Answers of several policies to the same tasks with the same draws: answer i of one policy belongs
 * beside answer i of another.
 *
 * @param tasks what is asked
 * @param reward what judges
 * @param samples answers per task
 * @param settings how tokens are drawn
 * @param seed key of the draws
 */
record PairedAnswers(
    List<Task> tasks, RewardUnit reward, int samples, SamplingSettings settings, long seed) {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** A policy: a model and which of its faces. */
  record Side(LoadedModel model, PolicyView view) {}

  /** One group with what the reward said. */
  record Answered(RolloutGroup group, List<Verdict> verdicts) {
    String taskId() {
      return group.prompt().task().id();
    }

    Evaluation.TaskResult result() {
      return new Evaluation.TaskResult(
          taskId(),
          verdicts.stream().map(v -> v.reward().orElse(Double.NaN)).toList(),
          group.completions().stream().map(c -> c.text()).toList());
    }

    /** Returns the reward of the answers that have one, as a mean; 0 where none has. */
    double mean() {
      return verdicts.stream().mapToDouble(v -> v.reward().orElse(0)).average().orElse(0);
    }
  }

  /**
   * Returns what a policy answers, one group for each task whose prompt fits, in order.
   *
   * @throws CommandException if no prompt fits the context
   */
  List<Answered> of(Side side, BooleanSupplier stop) {
    PromptSet prompts = side.model().prompts(tasks, settings.maxNewTokens());
    if (prompts.kept().isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED, "no prompt fits the context: " + prompts.tooLong().get(0));
    }
    LocalRolloutSource.Draw draw =
        new LocalRolloutSource.Draw(side.view(), samples, settings, seed, Purpose.EVALUATE);
    List<Answered> answers = new ArrayList<>();
    try (RewardJudge judge = WorkerReward.judge(reward, LIMIT)) {
      for (RolloutGroup group : side.model().rollouts(draw, stop).sample(prompts.kept(), 0)) {
        List<Judgement> judged = judge.judge(group.prompt().task(), group.completions());
        answers.add(new Answered(group, judged.stream().map(Judgement::verdict).toList()));
      }
    }
    return answers;
  }

  /** Returns the tasks that one of two policies was not asked, because their prompts do not fit. */
  List<PromptSet.TooLong> tooLong(Side left, Side right) {
    Map<String, PromptSet.TooLong> byTask = new LinkedHashMap<>();
    for (Side side : List.of(left, right)) {
      side.model()
          .prompts(tasks, settings.maxNewTokens())
          .tooLong()
          .forEach(task -> byTask.putIfAbsent(task.taskId(), task));
    }
    return List.copyOf(byTask.values());
  }

  /** Returns answers as they are shown, with what another policy thinks of their tokens. */
  List<AnswerSight> sights(Side side, Answered answered, Side other) {
    Prompt prompt = answered.group().prompt();
    List<Scorer.Row> rows = new ArrayList<>();
    for (Rollout rollout : answered.group().rollouts()) {
      rows.add(Scorer.Row.of(0, rollout.tokens().tokens()));
    }
    List<float[]> others =
        new Scorer(other.model().policy(), settings.temperature())
            .score(other.view(), List.of(prompt.tokens().toArray()), rows)
            .logProbs();
    TokenTexts texts = new TokenTexts(side.model().tokenizer().decoder());
    List<AnswerSight> sights = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Rollout rollout = answered.group().rollouts().get(i);
      Verdict verdict = answered.verdicts().get(i);
      sights.add(
          new AnswerSight(
              rollout.completion().text(),
              texts.sights(
                  rollout.tokens().tokens(),
                  rollout.completion().text(),
                  rollout.tokens().logProbs(),
                  rollout.tokens().entropies(),
                  others.get(i)),
              rollout.tokens().length(),
              rollout.completion().finishReason().jsonName(),
              verdict,
              RunGroups.finite(verdict.reward().orElse(Double.NaN))));
    }
    return sights;
  }

  /**
   * Returns the answers of two policies to the same tasks, by task; what only one has is left out.
   */
  static Map<String, List<Answered>> paired(List<Answered> left, List<Answered> right) {
    Map<String, List<Answered>> pairs = new LinkedHashMap<>();
    Map<String, Answered> second = new LinkedHashMap<>();
    right.forEach(answered -> second.put(answered.taskId(), answered));
    for (Answered answered : left) {
      Answered other = second.get(answered.taskId());
      if (other != null) {
        pairs.put(answered.taskId(), List.of(answered, other));
      }
    }
    return pairs;
  }
}
