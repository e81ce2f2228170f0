/** The ready rewards, one self-contained file each. In: a task and a completion. Out: a verdict. */
@NullMarked
package rft.template;

import org.jspecify.annotations.NullMarked;
