/**
 * A language model as the judge of another's answers. Start at {@link rft.judge.ChatModel}, what
 * every endpoint is to us. In: messages. Out: an answer, or a typed error; never a default score.
 */
@NullMarked
package rft.judge;

import org.jspecify.annotations.NullMarked;
