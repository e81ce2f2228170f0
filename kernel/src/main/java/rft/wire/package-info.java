/**
 * The Jupyter protocol below cells: connection file, signed messages, sockets, and a client. In:
 * bytes. Out: messages.
 */
@NullMarked
package rft.wire;

import org.jspecify.annotations.NullMarked;
