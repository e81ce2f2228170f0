/**
 * Recorded runs, written again as if they were training now: same store, same page, no engine. In:
 * run folders that nobody writes any more. Out: growing runs in another home. Start at {@link
 * rft.demo.Replay}.
 */
@NullMarked
package rft.demo;

import org.jspecify.annotations.NullMarked;
