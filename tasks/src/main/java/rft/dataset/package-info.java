/**
 * Turns dataset rows into {@link rft.dataset.Task}s. Start at {@link rft.dataset.Task}. In: JSONL
 * files. Out: tasks, and one {@link rft.dataset.RowProblem} per bad row.
 */
@NullMarked
package rft.dataset;

import org.jspecify.annotations.NullMarked;
