package rft.magic;

import java.util.List;
import java.util.Optional;
import rft.cell.CellError;
import rft.display.CellOutput;

/**
 * One use of a magic.
 *
 * @param state what the notebook's magics share
 * @param cell the cell it stands in
 * @param number of the cell
 * @param magic as typed
 * @param tokens the arguments behind its title
 * @param output of the cell
 * @param stop asks it to end
 * @param runner runs the rest of the cell, for magics that take code
 */
record MagicCall(
    NotebookState state,
    CellText cell,
    int number,
    Part.Magic magic,
    List<Token> tokens,
    CellOutput output,
    StopToken stop,
    CodeRunner runner) {
  private static final String EXAMPLE = "mine";

  /** Runs a stretch of the cell as the cell itself is run. */
  interface CodeRunner {
    /**
     * Returns the value of the last expression.
     *
     * @param code a cell
     * @param from where to begin
     * @param to where to end
     */
    Optional<Object> run(CellText code, int from, int to) throws CellError;
  }

  /** Returns a mistake whose place is the magic's name. */
  MagicException wrong(String errorName, String sentence) {
    return MagicException.at(magic, errorName, sentence);
  }

  /** Returns a mistake at the argument with this text, or at the name if there is none. */
  MagicException wrong(String text, String errorName, String sentence) {
    return tokens.stream()
        .filter(token -> token.text().equals(text) || token.text().endsWith("=" + text))
        .findFirst()
        .map(token -> MagicException.at(token, errorName, sentence))
        .orElseGet(() -> wrong(errorName, sentence));
  }

  /** Returns the lines below a cell magic. */
  String body() {
    return magic.body() == null ? "" : magic.body();
  }

  /** Returns whether anything but white space stands below a cell magic. */
  boolean hasBody() {
    return !body().isBlank();
  }

  /**
   * Returns whether nothing stands below a cell magic that makes something with a name.
   *
   * @param name empty if none was given
   * @throws MagicException if the name is no Java name, or is missing above a body
   */
  boolean isEmpty(String name) {
    if (!name.isEmpty()) {
      MagicRunner.checkName(this, name);
    } else if (hasBody()) {
      throw wrong(
          "MissingValue",
          magic.title() + " needs a name behind it, for example " + magic.title() + " " + EXAMPLE);
    }
    return !hasBody();
  }

  /** Returns the name, or one for a template. */
  static String nameOrExample(String name) {
    return name.isEmpty() ? EXAMPLE : name;
  }
}
