/**
 * A language model as the judge of another's answers. Start at {@link rft.judge.ChatModel}, what
 * every endpoint is to us; {@link rft.judge.HttpChatModel} is one over HTTP, and {@link
 * rft.judge.JudgeSettings} finds the one that is set for this process. In: messages. Out: an
 * answer, or a typed error; never a default score.
 */
@NullMarked
package rft.judge;

import org.jspecify.annotations.NullMarked;
