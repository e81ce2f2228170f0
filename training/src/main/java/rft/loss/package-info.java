/**
 * The GRPO family of losses as plain arithmetic in double: value and gradient with respect to each
 * token's log-prob. Start at {@link rft.loss.Losses}; {@link rft.loss.PolicyLoss} is what the loop
 * calls, and what a loss of one's own implements.
 *
 * <p>A loss is put together in this order ({@link rft.loss.SurrogateLoss}): a ratio at a {@link
 * rft.loss.RatioLevel}, a formula per token ({@code ClippedFormula}, {@code CispoFormula}, ...),
 * times masks and corrections ({@code TokenWeights}), plus the {@link rft.loss.KlPenalty}, which no
 * mask touches, added up by an {@code Aggregation}. In: a {@link rft.loss.LossBatch} of (rows,
 * tokens) log-probs in nats. Out: a {@link rft.loss.LossResult}. Nothing here knows tensors.
 */
@NullMarked
package rft.loss;

import org.jspecify.annotations.NullMarked;
