/** The rft command: the only main and the only terminal. */
@NullMarked
package rft.cli;

import org.jspecify.annotations.NullMarked;
