/**
 * Finds out whether a reward can be trusted before anything is trained on it. In: a reward, tasks,
 * and completions that are stored or sampled. Out: what it pays, for what, and what to do next.
 */
@NullMarked
package rft.lab;

import org.jspecify.annotations.NullMarked;
