/**
 * Runs code that is not trusted: written by a model, or brought from outside. Start at {@link
 * rft.sandbox.Sandbox}. In: a command line, its files and its limits. Out: what it printed and how
 * it ended. Where there is no isolation there is no run.
 */
@NullMarked
package rft.sandbox;

import org.jspecify.annotations.NullMarked;
