/**
 * Graders as JSON, in the shapes of OpenAI's fine-tuning service. In: a grader, a row and a sample.
 * Out: a reward, and what went wrong by its flags.
 */
@NullMarked
package rft.grader;

import org.jspecify.annotations.NullMarked;
