package rft.magic;

import java.util.List;
import rft.cell.Completeness;
import rft.cell.Completeness.State;
import rft.cell.JavaSession;

/** Tells a console whether a cell with magics can be run as it stands. */
final class MagicCompleteness {
  static final Completeness COMPLETE = new Completeness(State.COMPLETE, "");
  private static final Completeness MORE = new Completeness(State.INCOMPLETE, "");

  private final JavaSession java;

  MagicCompleteness(JavaSession java) {
    this.java = java;
  }

  /**
   * Returns complete for magics on lines, unless a backslash goes on; a cell magic is complete once
   * a blank line ends its body, since it may always have one more line.
   */
  Completeness of(String code) {
    List<Part> parts = CellLexer.parts(code, 0, java::isStatementStart);
    if (parts.isEmpty()) {
      return java.completeness(code);
    }
    Part last = parts.get(parts.size() - 1);
    if (last instanceof Part.Java statements) {
      return java.completeness(statements.text());
    }
    Part.Magic magic = (Part.Magic) last;
    if (magic.tail().stripTrailing().endsWith("\\")) {
      return MORE;
    }
    String body = magic.body();
    if (body == null || magic.asksHelp()) {
      return COMPLETE;
    }
    return !body.isBlank() && code.endsWith("\n") ? COMPLETE : MORE;
  }
}
