/**
 * Shows values in a notebook: every type as HTML without scripts beside complete plain text, and
 * live displays of what is running. Start at {@link rft.display.CellOutput}. In: objects and
 * progress. Out: MIME bundles.
 */
@NullMarked
package rft.display;

import org.jspecify.annotations.NullMarked;
