/**
 * Turns the rewards of a batch into advantages. Start at {@link rft.advantage.GroupAdvantage};
 * {@link rft.advantage.PartAdvantage} does it for rewards of several parts, {@link
 * rft.advantage.RewardSpread} says which groups hold no signal. In: (B, G) rewards, NaN where a
 * rollout is unscorable. Out: (B, G) advantages, 0 there. Plain arithmetic in double.
 */
@NullMarked
package rft.advantage;

import org.jspecify.annotations.NullMarked;
