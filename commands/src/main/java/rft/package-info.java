/**
 * The verbs as Java that a cell or a program writes: {@code
 * Rft.train().data("addition").steps(20).run()}. Start at {@link rft.Rft}. In: options, of which
 * any may be an object. Out: the typed result of the verb. Each option is declared once, at its
 * verb; a test holds the methods here against them.
 */
@NullMarked
package rft;

import org.jspecify.annotations.NullMarked;
