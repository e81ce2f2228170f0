package rft.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import rft.dataset.Task;
import rft.loss.Losses;
import rft.loss.PolicyLoss;
import rft.optimizer.AdamW;
import rft.policy.AdapterShape;
import rft.policy.CounterRandom;
import rft.policy.CounterRandom.Purpose;
import rft.policy.Policy;
import rft.policy.PolicyView;
import rft.policy.SampledTokens;
import rft.policy.Sampler;
import rft.policy.SamplingSettings;
import rft.policy.TinyModels;
import rft.prompt.Prompt;
import rft.prompt.Tokens;
import rft.reward.Completion;
import rft.reward.FinishReason;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.rollout.TokenMask;

/**
 * A step small enough to spell out by hand: a random model, four prompts of tokens, groups of 4.
 */
final class TinyStep {
  static final int GROUP = 4;
  static final int MAX_NEW_TOKENS = 6;
  static final List<Prompt> PROMPTS =
      List.of(
          prompt("a", 3, 7, 11, 2),
          prompt("b", 5, 9),
          prompt("c", 8, 8, 1),
          prompt("d", 20, 31, 42, 53, 4));

  private TinyStep() {}

  static Prompt prompt(String id, int... tokens) {
    return new Prompt(Task.of(id, id, ""), id, Tokens.of(tokens));
  }

  /** Returns a policy whose adapter already differs from its base. */
  static Policy policy() {
    Policy policy = Policy.random(TinyModels.groupedQuery(), 5, "cpu");
    policy.attachAdapter(new AdapterShape(4, 8, AdapterShape.ALL_TARGETS), 1);
    TinyModels.perturb(policy, 0.1, 2);
    return policy;
  }

  static AdamW optimizer(Policy policy) {
    return new AdamW(policy, 0.9, 0.95, 0.1);
  }

  /** Samples with the policy itself. */
  static List<RolloutGroup> sample(Policy policy, List<Prompt> prompts, int step) {
    List<int[]> tokens = prompts.stream().map(prompt -> prompt.tokens().toArray()).toList();
    List<RolloutGroup> groups = new ArrayList<>();
    try (Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of(7, 13, 22, 40, 55))) {
      List<SampledTokens> sampled =
          sampler.sample(
              tokens,
              GROUP,
              new SamplingSettings(MAX_NEW_TOKENS, 1, 1, 0),
              (row, token) -> CounterRandom.uniform(9, Purpose.SAMPLE, step, row, token),
              () -> false);
      for (int i = 0; i < prompts.size(); i++) {
        groups.add(group(i, prompts.get(i), sampled.subList(i * GROUP, (i + 1) * GROUP)));
      }
    }
    return groups;
  }

  static RolloutGroup group(int position, Prompt prompt, List<SampledTokens> sampled) {
    List<Rollout> rollouts = new ArrayList<>();
    for (SampledTokens tokens : sampled) {
      FinishReason reason = tokens.ended() ? FinishReason.STOP : FinishReason.LENGTH;
      String text = Arrays.toString(tokens.tokens());
      rollouts.add(
          new Rollout(
              rollouts.size(),
              tokens,
              TokenMask.all(tokens.length()),
              Completion.of(text, reason, tokens.length())));
    }
    return new RolloutGroup(position, prompt, rollouts);
  }

  /** A reward that differs inside groups: the last digit of the sum of a completion's tokens. */
  static List<JudgedGroup> judge(List<RolloutGroup> groups, int step) {
    List<JudgedGroup> judged = new ArrayList<>();
    for (RolloutGroup group : groups) {
      List<Verdict> verdicts = new ArrayList<>();
      for (Rollout rollout : group.rollouts()) {
        verdicts.add(Score.of(Arrays.stream(rollout.tokens().tokens()).sum() % 10 / 10.0));
      }
      judged.add(new JudgedGroup(group, verdicts, Duration.ZERO));
    }
    return judged;
  }

  /** Returns a group with these advantages, which are its rewards as well. */
  static ScoredGroup scored(RolloutGroup group, double... advantages) {
    List<Verdict> verdicts = new ArrayList<>();
    List<Double> values = Arrays.stream(advantages).boxed().toList();
    values.forEach(value -> verdicts.add(Score.of(value)));
    return new ScoredGroup(group, verdicts, values, values);
  }

  static LocalGradientSource.Settings settings(PolicyLoss loss, int microBatch) {
    boolean kl = loss instanceof rft.loss.SurrogateLoss surrogate && surrogate.needsBase();
    return new LocalGradientSource.Settings(loss, kl, false, MAX_NEW_TOKENS, microBatch);
  }

  static PolicyLoss grpo() {
    return Losses.grpo(rft.loss.Clip.of(0.2, 0.2));
  }
}
