package rft.magic;

import org.jspecify.annotations.Nullable;

/** One stretch of a cell: Java, a magic on a line, or a magic that takes the whole cell. */
sealed interface Part {
  /** Returns where it begins in the cell. */
  int start();

  /**
   * Statements of Java.
   *
   * @param text as typed
   */
  record Java(String text, int start) implements Part {}

  /**
   * A variable that takes the value of a magic.
   *
   * @param type as declared, {@code var} included; empty when an existing variable is assigned
   */
  record Target(String type, String name, int start) {}

  /**
   * A magic.
   *
   * @param target what its value is assigned to; null if to nothing
   * @param name the word behind the percent sign
   * @param nameStart where that word begins
   * @param tail what follows on its line, in which a backslash before a line break goes on
   * @param tailStart where that begins
   * @param body the lines below of a cell magic; null for a line magic
   * @param bodyStart where they begin
   * @param asksHelp whether a question mark asks what the magic does
   */
  record Magic(
      @Nullable Target target,
      String name,
      int start,
      int nameStart,
      String tail,
      int tailStart,
      @Nullable String body,
      int bodyStart,
      boolean asksHelp)
      implements Part {
    /** Returns whether it begins with two percent signs. */
    boolean isCellMagic() {
      return body != null;
    }

    /** Returns the magic as messages call it. */
    String title() {
      return (isCellMagic() ? "%%" : "%") + name;
    }
  }
}
