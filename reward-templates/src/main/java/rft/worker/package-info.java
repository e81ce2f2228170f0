/**
 * Computes a reward in a process of its own, which can be killed where a thread cannot. Start at
 * {@link rft.worker.WorkerReward}. In: a task and completions. Out: verdicts, one JSON line for
 * each call. The process sees the platform, Jackson, the modules below this one and the reward's
 * jar.
 */
@NullMarked
package rft.worker;

import org.jspecify.annotations.NullMarked;
