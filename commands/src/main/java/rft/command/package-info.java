/**
 * One class per verb with its options and one run method that returns a typed result. No terminal,
 * no Jupyter.
 */
@NullMarked
package rft.command;

import org.jspecify.annotations.NullMarked;
