/** Turns the rewards of a batch into advantages. In: (B, G) rewards. Out: (B, G) advantages. */
@NullMarked
package rft.advantage;

import org.jspecify.annotations.NullMarked;
