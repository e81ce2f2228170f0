/**
 * Rewards that are written in Python, each in a sandbox. Start at {@link
 * rft.python.PythonLanguage}. In: a file as Amazon Bedrock, OpenAI's graders or a notebook's cell
 * have it. Out: verdicts, one for each completion.
 */
@NullMarked
package rft.python;

import org.jspecify.annotations.NullMarked;
