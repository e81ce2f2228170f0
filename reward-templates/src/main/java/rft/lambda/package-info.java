/**
 * The reward contract of Amazon Bedrock: events with rollouts in, scores out, over any wire. In: an
 * event in each shape that is seen. Out: the documented reply.
 */
@NullMarked
package rft.lambda;

import org.jspecify.annotations.NullMarked;
