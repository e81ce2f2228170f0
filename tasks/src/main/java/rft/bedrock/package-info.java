/**
 * Turns invocation logs of Amazon Bedrock into dataset rows. Start at {@link
 * rft.bedrock.InvocationLogs}. In: log files as Bedrock writes them. Out: a {@link
 * rft.dataset.Task} per usable call, and an account of every record that is none.
 */
@NullMarked
package rft.bedrock;

import org.jspecify.annotations.NullMarked;
