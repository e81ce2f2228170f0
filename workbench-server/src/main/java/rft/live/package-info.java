/** What a page sees of runs, and how it stays up to date. */
@NullMarked
package rft.live;

import org.jspecify.annotations.NullMarked;
