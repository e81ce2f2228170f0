package rft.cell;

/**
 * One declaration or statement of a cell.
 *
 * @param start offset of its first character in the text
 */
record Piece(CellText text, int start) {
  /** Returns the index in the text of a line of this piece; both from 0. */
  int line(int lineOfPiece) {
    return text.lineOf(start) + lineOfPiece;
  }
}
