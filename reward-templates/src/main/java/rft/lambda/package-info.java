/**
 * The reward contract of Amazon Bedrock: events with rollouts in, scores out, over any wire. Start
 * at {@link rft.lambda.LambdaEvent} and {@link rft.lambda.LambdaReply}; {@link
 * rft.lambda.LambdaReward} is a reward on the other side of a {@link rft.lambda.LambdaWire}. In: an
 * event in each shape that is seen. Out: the documented reply.
 */
@NullMarked
package rft.lambda;

import org.jspecify.annotations.NullMarked;
