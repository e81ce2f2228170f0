/**
 * Makes the bundled sample tasks, and the sloppy teacher's answers to them. Start at {@link
 * rft.sample.SampleTask}, or for tasks that take a real language model at {@link
 * rft.sample.EverydayTask}, whose texts come from phrases; {@link rft.sample.SampleDatasets} writes
 * the dataset of one, {@link rft.sample.TeacherCorpus} mixes all of them for the warm-up of the
 * bundled model. In: a seed and an index. Out: always the same task, or the same demonstration.
 *
 * <p>The teacher answers in styles, of which few are right; the odds stand in one table per task.
 * So the model that learns from it half-knows every task, and reinforcement has something to pick.
 */
@NullMarked
package rft.sample;

import org.jspecify.annotations.NullMarked;
