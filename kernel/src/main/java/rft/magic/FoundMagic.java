package rft.magic;

import picocli.CommandLine.Command;
import rft.command.Verb;

/**
 * What a magic stands for.
 *
 * @param title as it is typed, for example {@code %runs list}
 * @param type a {@link Verb} or a {@link CellCommand}, with a constructor without parameters
 * @param words how many words behind the name belong to the title: 0 or 1
 * @param isLong whether it may take long enough to run in the background
 */
record FoundMagic(String title, Class<?> type, int words, boolean isLong) {
  FoundMagic {
    if (!Verb.class.isAssignableFrom(type) && !CellCommand.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException(title + ": " + type + " is no command");
    }
  }

  /** Returns a command whose options are not set yet. */
  Object newCommand() {
    try {
      var constructor = type.getDeclaredConstructor();
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(title + ": " + type + " cannot be made", e);
    }
  }

  boolean isVerb() {
    return Verb.class.isAssignableFrom(type);
  }

  /** Returns whether the line behind the name is taken as it stands. */
  boolean takesRawLine() {
    return !isVerb() && ((CellCommand) newCommand()).takesRawLine();
  }

  /** Returns the words that call the verb in a shell. */
  String verbName() {
    return type.getAnnotation(Command.class).name();
  }
}
