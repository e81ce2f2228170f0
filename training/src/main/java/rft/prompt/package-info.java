/**
 * Turns a task into a {@link rft.prompt.Prompt}: chat template, then tokens. Start at {@link
 * rft.prompt.PromptRenderer}. In: tasks and a model folder (tokenizer and chat template). Out:
 * prompts, and the prompts that are too long; {@link rft.prompt.BytePairTrainer} makes a tokenizer
 * for a model of our own.
 */
@NullMarked
package rft.prompt;

import org.jspecify.annotations.NullMarked;
