/**
 * Runs Java cells on JShell so that everything can be stopped, and answers what an editor asks of
 * them: completion, documentation, completeness. Start at {@link rft.cell.JavaSession}. In: source
 * text. Out: values, or errors that point at the cell's own line.
 */
@NullMarked
package rft.cell;

import org.jspecify.annotations.NullMarked;
