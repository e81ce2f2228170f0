/**
 * Turns a task and the completions of its group into verdicts. Start at {@link
 * rft.reward.GroupReward}. In: text. Out: one {@link rft.reward.Verdict} per completion. Nothing
 * here knows tensors.
 */
@NullMarked
package rft.reward;

import org.jspecify.annotations.NullMarked;
