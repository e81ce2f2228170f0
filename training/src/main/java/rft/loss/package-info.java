/**
 * The GRPO family of losses as plain arithmetic in double: value and gradient with respect to each
 * token's log-prob.
 */
@NullMarked
package rft.loss;

import org.jspecify.annotations.NullMarked;
