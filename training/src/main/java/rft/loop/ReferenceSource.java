package rft.loop;

import java.util.ArrayList;
import java.util.List;
import rft.policy.SampledTokens;
import rft.prompt.Prompt;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;
import rft.reward.Completion;
import rft.reward.FinishReason;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.rollout.RolloutSource;
import rft.rollout.TokenMask;

/** "Samples" the reference answer of each task: supervised fine-tuning as a loop like any other. */
final class ReferenceSource implements RolloutSource {
  private final TextTokenizer tokenizer;

  ReferenceSource(TextTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  @Override
  public List<RolloutGroup> sample(List<Prompt> prompts, int step) {
    int end = tokenizer.endToken();
    List<RolloutGroup> groups = new ArrayList<>();
    for (Prompt prompt : prompts) {
      String text = prompt.task().referenceText();
      if (text.isEmpty()) {
        throw new IllegalArgumentException(
            "task "
                + prompt.task().id()
                + " has no reference_answer: supervised tuning needs one in every row");
      }
      SampledTokens tokens =
          SampledTokens.given(tokenizer.encode(text).concat(Tokens.of(end)).toArray());
      Completion completion = Completion.of(text, FinishReason.STOP, tokens.length());
      Rollout rollout = new Rollout(0, tokens, TokenMask.all(tokens.length()), completion);
      groups.add(new RolloutGroup(groups.size(), prompt, List.of(rollout)));
    }
    return groups;
  }
}
