/**
 * How much memory a model takes, estimated from its sizes, and how much there is. Start at {@link
 * rft.memory.MemoryNeed}. In: a model's config and the size of the work. Out: bytes.
 */
@NullMarked
package rft.memory;

import org.jspecify.annotations.NullMarked;
