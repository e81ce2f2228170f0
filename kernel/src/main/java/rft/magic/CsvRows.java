package rft.magic;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts comma-separated values into rows as RFC 4180 says: a value in double quotes may hold commas,
 * line breaks and doubled quotes. White space around values is cut, blank lines are none.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvRows {
  private final String text;
  private final List<Row> rows = new ArrayList<>();
  private int at;
  private int line = 1;

  private CsvRows(String text) {
    this.text = text;
  }

  /**
   * One row.
   *
   * @param line 1-based line on which it begins
   */
  record Row(int line, List<String> values) {
    Row {
      values = List.copyOf(values);
    }
  }

  /**
   * Returns the rows in order, the heading first.
   *
   * @throws IllegalArgumentException if a quote is not closed, naming its line
   */
  static List<Row> of(String text) {
    CsvRows csv = new CsvRows(text);
    while (csv.at < text.length()) {
      csv.row();
    }
    return csv.rows;
  }

  private void row() {
    int start = line;
    List<String> values = new ArrayList<>();
    boolean more = true;
    while (more) {
      values.add(value());
      more = at < text.length() && text.charAt(at) == ',';
      at += more ? 1 : 0;
    }
    if (at < text.length()) {
      at++;
      line++;
    }
    if (values.size() > 1 || !values.get(0).isEmpty()) {
      rows.add(new Row(start, values));
    }
  }

  private String value() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    StringBuilder value = new StringBuilder();
    if (at < text.length() && text.charAt(at) == '"') {
      quoted(value);
    }
    int end = at;
    while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != '\n') {
      end++;
    }
    value.append(text.substring(at, end).strip());
    at = end;
    return value.toString();
  }

  private void quoted(StringBuilder value) {
    int open = line;
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"' && at < text.length() && text.charAt(at) == '"') {
        value.append('"');
        at++;
      } else if (c == '"') {
        return;
      } else {
        line += c == '\n' ? 1 : 0;
        value.append(c);
      }
    }
    throw new IllegalArgumentException("line " + open + ": a quote is not closed");
  }
}
