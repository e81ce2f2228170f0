package rft.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import rft.reward.Verdict;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;

/**
 * Passes on only the rollouts to imitate, so that the rest does not count in the mean over tokens.
 */
final class SupervisedGradientSource implements GradientSource {
  private final GradientSource likelihood;

  /** Makes a source around one whose loss is the negative log-likelihood. */
  SupervisedGradientSource(GradientSource likelihood) {
    this.likelihood = likelihood;
  }

  @Override
  public StepGradient gradient(List<ScoredGroup> groups, OldLogProbs old, BooleanSupplier stop) {
    List<ScoredGroup> imitated = new ArrayList<>();
    for (ScoredGroup group : groups) {
      List<Rollout> rollouts = new ArrayList<>();
      List<Verdict> verdicts = new ArrayList<>();
      List<Double> rewards = new ArrayList<>();
      List<Double> advantages = new ArrayList<>();
      for (int i = 0; i < group.advantages().size(); i++) {
        if (group.advantages().get(i) > 0) {
          rollouts.add(group.group().rollouts().get(i));
          verdicts.add(group.verdicts().get(i));
          rewards.add(group.rewards().get(i));
          advantages.add(group.advantages().get(i));
        }
      }
      if (!rollouts.isEmpty()) {
        RolloutGroup kept =
            new RolloutGroup(group.group().position(), group.group().prompt(), rollouts);
        imitated.add(new ScoredGroup(kept, verdicts, rewards, advantages));
      }
    }
    StepGradient gradient = likelihood.gradient(imitated, old, stop);
    return new StepGradient(gradient.total(), gradient.report().withoutSampler());
  }
}
