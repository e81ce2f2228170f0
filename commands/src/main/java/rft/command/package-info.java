/**
 * Every command as a class: its fields are the options, its run method does the work and returns a
 * typed result. Start at {@link rft.command.Verb}, then read {@link rft.command.DataCheck}; {@link
 * rft.command.Verbs} lists them all. In: options. Out: a {@link rft.command.Result}, and {@link
 * rft.command.Progress} on the way. No terminal, no Jupyter.
 */
@NullMarked
package rft.command;

import org.jspecify.annotations.NullMarked;
