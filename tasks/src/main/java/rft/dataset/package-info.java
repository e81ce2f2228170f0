/**
 * Turns dataset rows into {@link rft.dataset.Task}s. Start at {@link rft.dataset.DatasetReader}.
 * In: JSONL files. Out: a {@link rft.dataset.Dataset} of tasks, with one {@link
 * rft.dataset.RowProblem} per bad row; {@link rft.dataset.Splitter} divides it.
 */
@NullMarked
package rft.dataset;

import org.jspecify.annotations.NullMarked;
