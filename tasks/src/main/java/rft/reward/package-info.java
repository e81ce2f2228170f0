/**
 * Turns a task and the completions of its group into verdicts. Start at {@link
 * rft.reward.GroupReward}; {@link rft.reward.RewardJudge} applies one safely, {@link
 * rft.reward.RewardCompiler} makes one from source. In: text. Out: one {@link rft.reward.Verdict}
 * per completion. Nothing here knows tensors.
 */
@NullMarked
package rft.reward;

import org.jspecify.annotations.NullMarked;
