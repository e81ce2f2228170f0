/**
 * Lines that begin with a percent sign: found in a cell, completed, explained and run. In: a cell.
 * Out: the result of a verb.
 */
@NullMarked
package rft.magic;

import org.jspecify.annotations.NullMarked;
