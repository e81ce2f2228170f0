/**
 * The rft command: the only main and the only terminal. Start at {@link rft.cli.Main}; {@code
 * Shell} runs one command line, {@code Views} prints results for a person, {@code JsonOutput} for a
 * program. In: arguments. Out: text and an exit code.
 */
@NullMarked
package rft.cli;

import org.jspecify.annotations.NullMarked;
