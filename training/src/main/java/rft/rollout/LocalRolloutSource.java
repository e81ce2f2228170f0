package rft.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import rft.policy.CounterRandom;
import rft.policy.CounterRandom.Purpose;
import rft.policy.Policy;
import rft.policy.PolicyView;
import rft.policy.SampledTokens;
import rft.policy.Sampler;
import rft.policy.SamplingSettings;
import rft.prompt.Prompt;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;
import rft.reward.Completion;
import rft.reward.FinishReason;

/** Samples with the policy of this process, one part of the prompts per thread. */
public final class LocalRolloutSource implements RolloutSource {
  /** Rows decoded together on one thread: more only costs memory. */
  private static final int ROWS_PER_BATCH = 256;

  private final Policy policy;
  private final TextTokenizer tokenizer;
  private final Shards shards;
  private final Draw draw;
  private final BooleanSupplier stop;

  /**
   * What to draw.
   *
   * @param view tuned or base
   * @param groupSize completions per prompt
   * @param settings how tokens are drawn
   * @param seed first part of every key
   * @param purpose keeps training and evaluation draws apart
   */
  public record Draw(
      PolicyView view, int groupSize, SamplingSettings settings, long seed, Purpose purpose) {}

  /**
   * Makes a source.
   *
   * @param stop asked before each token; true abandons the call
   */
  public LocalRolloutSource(
      Policy policy, TextTokenizer tokenizer, Shards shards, Draw draw, BooleanSupplier stop) {
    this.policy = policy;
    this.tokenizer = tokenizer;
    this.shards = shards;
    this.draw = draw;
    this.stop = stop;
  }

  /** A prompt with its place in the step. */
  private record Placed(int position, Prompt prompt) {}

  @Override
  public List<RolloutGroup> sample(List<Prompt> prompts, int step) {
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      placed.add(new Placed(i, prompts.get(i)));
    }
    Set<Integer> endTokens = tokenizer.endTokens();
    int parts = Sampler.parts(policy, placed.size(), shards.threads());
    try (Sampler sampler = new Sampler(policy, draw.view(), endTokens, parts)) {
      return shards.map(placed, parts, part -> samplePart(sampler, part, step)).stream()
          .flatMap(List::stream)
          .toList();
    }
  }

  private List<RolloutGroup> samplePart(Sampler sampler, List<Placed> part, int step) {
    int perBatch = Math.max(1, ROWS_PER_BATCH / draw.groupSize());
    List<RolloutGroup> groups = new ArrayList<>();
    for (int from = 0; from < part.size(); from += perBatch) {
      List<Placed> batch = part.subList(from, Math.min(part.size(), from + perBatch));
      List<int[]> tokens = batch.stream().map(item -> item.prompt().tokens().toArray()).toList();
      int groupSize = draw.groupSize();
      Sampler.Uniforms uniforms =
          (row, token) ->
              CounterRandom.uniform(
                  draw.seed(),
                  draw.purpose(),
                  step,
                  batch.get(row / groupSize).position(),
                  row % groupSize,
                  token);
      List<SampledTokens> sampled =
          sampler.sample(tokens, groupSize, draw.settings(), uniforms, stop);
      for (int i = 0; i < batch.size(); i++) {
        groups.add(group(batch.get(i), sampled.subList(i * groupSize, (i + 1) * groupSize)));
      }
    }
    return groups;
  }

  private RolloutGroup group(Placed placed, List<SampledTokens> sampled) {
    List<Rollout> rollouts = new ArrayList<>();
    for (SampledTokens tokens : sampled) {
      FinishReason reason = tokens.ended() ? FinishReason.STOP : FinishReason.LENGTH;
      String text = tokenizer.decode(Tokens.of(tokens.tokens()));
      Completion completion = Completion.of(text, reason, tokens.length());
      rollouts.add(
          new Rollout(rollouts.size(), tokens, TokenMask.all(tokens.length()), completion));
    }
    return new RolloutGroup(placed.position(), placed.prompt(), rollouts);
  }
}
