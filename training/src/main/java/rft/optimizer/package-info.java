/** AdamW, learning-rate schedules and gradient clipping. */
@NullMarked
package rft.optimizer;

import org.jspecify.annotations.NullMarked;
