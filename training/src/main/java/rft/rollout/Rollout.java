package rft.rollout;

import rft.policy.SampledTokens;
import rft.reward.Completion;

/**
 * One sampled completion of a task.
 *
 * @param index position in its group, from 0
 * @param tokens what the policy produced, with log-probs and entropies under the sampling
 *     distribution
 * @param mask which tokens train: the policy's own; tool output and injected turns do not
 * @param completion the text side, which is all a reward sees
 */
public record Rollout(int index, SampledTokens tokens, TokenMask mask, Completion completion) {
  public Rollout {
    if (mask.length() != tokens.length()) {
      throw new IllegalArgumentException(
          "mask of " + mask.length() + " for a rollout of " + tokens.length() + " tokens");
    }
  }
}
