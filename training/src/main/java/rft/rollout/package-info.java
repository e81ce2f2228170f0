/** Samples the rollouts of a group of tasks. In: tasks and a policy. Out: {@code RolloutGroup}s. */
@NullMarked
package rft.rollout;

import org.jspecify.annotations.NullMarked;
