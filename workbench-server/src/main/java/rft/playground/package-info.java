/** Models and their answers on the page, through the process that serves them. */
@NullMarked
package rft.playground;

import org.jspecify.annotations.NullMarked;
