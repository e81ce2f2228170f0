package rft.magic;

import java.util.List;
import java.util.Optional;
import rft.cell.JavaSession;

/**
 * What stands at a place of a cell.
 *
 * @param cell the cell, with magics on lines blanked out where Java stands at the place
 * @param magic the magic; empty for Java
 * @param inName whether the place is in the magic's name
 * @param inBody whether it is in the lines below a cell magic
 */
record CursorPlace(CellText cell, Optional<Part.Magic> magic, boolean inName, boolean inBody) {
  /** Returns the place at which a cell is being typed: nothing behind the cursor counts. */
  static CursorPlace whileTyping(String code, int cursor, int from, JavaSession java) {
    String before = code.substring(0, cursor);
    // A percent sign alone becomes a magic with the first letter of its name.
    String parsed = before.endsWith("%") ? before + "_" : before;
    return at(parsed, before, cursor, from, java);
  }

  /** Returns the place in a whole cell. */
  static CursorPlace inWholeCell(String code, int cursor, int from, JavaSession java) {
    return at(code, code, cursor, from, java);
  }

  private static CursorPlace at(
      String parsed, String code, int cursor, int from, JavaSession java) {
    List<Part> parts = CellLexer.parts(parsed, from, java::isStatementStart);
    StringBuilder blanked = new StringBuilder(code);
    blank(blanked, 0, from);
    for (Part part : parts) {
      if (part instanceof Part.Magic magic) {
        int tailEnd = magic.tailStart() + magic.tail().length();
        int end = magic.isCellMagic() ? parsed.length() : tailEnd;
        if (cursor >= magic.start() && cursor <= end) {
          return new CursorPlace(
              new CellText(code),
              Optional.of(magic),
              cursor <= magic.tailStart() || cursor <= magic.nameStart(),
              magic.isCellMagic() && cursor > tailEnd);
        }
        blank(blanked, magic.start(), end);
      }
    }
    return new CursorPlace(new CellText(blanked.toString()), Optional.empty(), false, false);
  }

  private static void blank(StringBuilder text, int start, int end) {
    for (int i = start; i < Math.min(end, text.length()); i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }
}
