/**
 * What a run writes and anyone reads: options, metrics, events, rollouts, checkpoints and the files
 * that hold them.
 */
@NullMarked
package rft.run;

import org.jspecify.annotations.NullMarked;
