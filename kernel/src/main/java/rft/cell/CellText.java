package rft.cell;

import java.util.List;
import java.util.regex.Pattern;

/** A Java text and its place in a cell: turns offsets of the text into places in the cell. */
final class CellText {
  private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n]");

  /** Of a longer line an error shows a part; whole it would bury the error. */
  private static final int MOST_SHOWN = 200;

  private static final String MORE = "..";

  private final String source;
  private final Place place;
  private final List<String> lines;

  CellText(String source, Place place) {
    this.source = source;
    this.place = place;
    this.lines = List.of(LINE_END.split(source, -1));
  }

  /** Returns the index of the line that holds this offset, from 0. */
  int lineOf(int offset) {
    String before = source.substring(0, Math.max(0, Math.min(offset, source.length())));
    return (int) LINE_END.matcher(before).results().count();
  }

  /** Returns the text of a line of this text; empty if there is none. */
  String line(int index) {
    return index >= 0 && index < lines.size() ? lines.get(index) : "";
  }

  /** Returns a line as the trace of an exception shows it. */
  String shown(int index) {
    String line = line(index).strip();
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + MORE;
  }

  /** Returns {@code cell [3] line 2}, for a line of this text. */
  String name(int index) {
    String line = "line " + (place.line() + index);
    return place.cell() == 0 ? line : "cell [" + place.cell() + "] " + line;
  }

  /**
   * Returns what points at a range of the text: its line, of a very long one the part around the
   * range, and a caret line below.
   *
   * @param start first offset
   * @param end behind the last one
   */
  List<String> pointer(int start, int end) {
    int index = lineOf(start);
    String line = line(index);
    int column = Math.min(start - startOfLine(index), line.length());
    int from = line.length() <= MOST_SHOWN ? 0 : Math.max(0, column - MOST_SHOWN / 2);
    int to = Math.min(line.length(), from + MOST_SHOWN);
    int width = Math.max(1, Math.min(end - start, to - column));
    String before = (from == 0 ? "" : MORE) + line.substring(from, column);
    StringBuilder carets = new StringBuilder();
    before.chars().forEach(each -> carets.append(each == '\t' ? '\t' : ' '));
    carets.append("^".repeat(width));
    String after = line.substring(column, to) + (to == line.length() ? "" : MORE);
    return List.of(before + after, carets.toString());
  }

  private int startOfLine(int index) {
    var ends = LINE_END.matcher(source);
    int start = 0;
    for (int i = 0; i < index && ends.find(); i++) {
      start = ends.end();
    }
    return start;
  }
}
