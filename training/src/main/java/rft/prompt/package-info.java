/** Turns a task into a {@code Prompt}: chat template, then tokens. */
@NullMarked
package rft.prompt;

import org.jspecify.annotations.NullMarked;
