package rft.cell;

/**
 * Where a Java text begins inside a cell, so that messages point at the cell's own lines.
 *
 * @param cell number of the cell, 0 for text that belongs to none
 * @param line line of the text's first character, from 1
 * @param column column of the text's first character, from 1
 */
public record Place(int cell, int line, int column) {
  public Place {
    if (cell < 0 || line < 1 || column < 1) {
      throw new IllegalArgumentException(
          "place (cell " + cell + ", line " + line + ", column " + column + "): counts from 1");
    }
  }

  /** Returns the start of a cell. */
  public static Place startOf(int cell) {
    return new Place(cell, 1, 1);
  }
}
