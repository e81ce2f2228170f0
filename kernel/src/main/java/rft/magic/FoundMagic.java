package rft.magic;

import rft.command.Verb;

/**
 * What a magic stands for.
 *
 * @param title as it is typed, for example {@code %runs list}
 * @param command a {@link Verb} or a {@link CellCommand}, fresh
 * @param words how many words behind the name belong to the title: 0 or 1
 * @param isLong whether it may take long enough to run in the background
 */
record FoundMagic(String title, Object command, int words, boolean isLong) {
  boolean isVerb() {
    return command instanceof Verb<?>;
  }

  boolean takesRawLine() {
    return command instanceof CellCommand own && own.takesRawLine();
  }
}
