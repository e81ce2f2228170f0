/**
 * Reads the metrics of a run for signs of trouble, and says what to try. In: a run that may still
 * be training. Out: alarms, each with the numbers of the run's own first steps beside those of now.
 * Start at {@link rft.health.HealthReport}; {@code docs/health.md} has a paragraph per rule.
 */
@NullMarked
package rft.health;

import org.jspecify.annotations.NullMarked;
