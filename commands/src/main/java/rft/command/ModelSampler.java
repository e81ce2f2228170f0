package rft.command;

import java.util.List;
import java.util.function.BooleanSupplier;
import rft.dataset.Task;
import rft.lab.AnswerGroup;
import rft.lab.Sampler;
import rft.policy.CounterRandom.Purpose;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.prompt.PromptSet;
import rft.rollout.LoadedModel;
import rft.rollout.LocalRolloutSource;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;

/**
 * Samples for the reward lab with a model of this process.
 *
 * @param model what is asked
 * @param settings how tokens are drawn
 * @param stop asked before each token; true abandons the call
 */
record ModelSampler(LoadedModel model, SamplingSettings settings, BooleanSupplier stop)
    implements Sampler {
  @Override
  public List<AnswerGroup> sample(List<Task> tasks, int groupSize, long seed) {
    PromptSet prompts = model.prompts(tasks, settings.maxNewTokens());
    LocalRolloutSource.Draw draw =
        new LocalRolloutSource.Draw(PolicyView.TUNED, groupSize, settings, seed, Purpose.SAMPLE);
    return prompts.kept().isEmpty()
        ? List.of()
        : model.rollouts(draw, stop).sample(prompts.kept(), 1).stream()
            .map(ModelSampler::answers)
            .toList();
  }

  private static AnswerGroup answers(RolloutGroup group) {
    return new AnswerGroup(
        group.prompt().task(), group.rollouts().stream().map(Rollout::completion).toList());
  }
}
