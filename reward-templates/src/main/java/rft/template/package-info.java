/**
 * The ready rewards, one self-contained file each. Start at {@link rft.template.RewardTemplates},
 * which gives each by its name, as source to copy and as a compiled unit. In: a task and a
 * completion. Out: a verdict.
 *
 * <p>Three check an answer: {@link rft.template.NumberMatch}, {@link rft.template.JsonMatch},
 * {@link rft.template.ExactMatch}. Four ask a model: {@link rft.template.InstructionFollowing},
 * {@link rft.template.Summarization}, {@link rft.template.ReasoningEvaluation}, {@link
 * rft.template.RagFaithfulness}. Three are loose on purpose, to show how a policy learns to please
 * a reward without doing the task: {@link rft.template.FormatOnly}, {@link
 * rft.template.ParsesAsJson}, {@link rft.template.SubstringMatch}.
 */
@NullMarked
package rft.template;

import org.jspecify.annotations.NullMarked;
