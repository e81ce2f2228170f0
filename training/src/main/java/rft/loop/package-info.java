/** The training loop: one step method that names every stage. */
@NullMarked
package rft.loop;

import org.jspecify.annotations.NullMarked;
