/**
 * The ready rewards, one self-contained file each. Start at {@link rft.template.RewardTemplates},
 * which gives each by its name, as source to copy and as a compiled unit. In: a task and a
 * completion. Out: a verdict.
 *
 * <p>Each says in its first sentence what it rewards, then what it pays and what it does not catch;
 * constants with a comment are its options. Its good and bad examples, which are its tests, lie in
 * the resources as {@code META-INF/reward-templates/NAME.examples.jsonl}. Some are loose on
 * purpose, to show how a policy learns to please a reward without doing the task: {@link
 * rft.template.FormatOnly}, {@link rft.template.ParsesAsJson}, {@link rft.template.SubstringMatch}.
 */
@NullMarked
package rft.template;

import org.jspecify.annotations.NullMarked;
