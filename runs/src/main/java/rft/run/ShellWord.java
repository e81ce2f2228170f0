package rft.run;

/** Writes one word of a command so that a shell takes it as it is. */
public final class ShellWord {
  private ShellWord() {}

  /** Returns the word, in quotes if a shell would read more into it. */
  public static String of(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
