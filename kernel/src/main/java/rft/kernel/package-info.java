/**
 * The kernel process: channels, execution, streams, history, interrupts. Start at the class Kernel.
 * In: requests. Out: replies.
 */
@NullMarked
package rft.kernel;

import org.jspecify.annotations.NullMarked;
