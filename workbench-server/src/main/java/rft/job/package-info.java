/**
 * Trainings as child processes: one at a time for each device, the others wait. Start at {@link
 * rft.job.JobRoutes}. In: what the page asks for. Out: processes, which go on without the
 * workbench, and are found again by the next one.
 */
@NullMarked
package rft.job;

import org.jspecify.annotations.NullMarked;
