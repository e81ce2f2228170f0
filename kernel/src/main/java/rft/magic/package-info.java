/**
 * Lines that begin with a percent sign: found in a cell, completed, explained and run. Start at
 * {@link rft.magic.NotebookInterpreter}. {@code CellLexer} finds the parts of a cell, {@code
 * PartRunner} runs them in order; {@code MagicTable} knows every magic, {@code MagicParser} sets
 * its options, {@code MagicRunner} runs it, {@code VerbRun} if it is a verb; {@code Foreground}
 * ends what runs. In: a cell. Out: the result of a verb, or of Java.
 */
@NullMarked
package rft.magic;

import org.jspecify.annotations.NullMarked;
