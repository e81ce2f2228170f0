/**
 * The workbench: the page, and what it asks. It reads runs from their files, and starts processes
 * for whatever needs a model or foreign code. Start at {@link rft.workbench.Workbench}.
 */
@NullMarked
package rft.workbench;

import org.jspecify.annotations.NullMarked;
