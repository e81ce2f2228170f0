package rft.display;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.run.HtmlText;
import rft.run.NumberText;
import rft.run.PrintableText;

/** A table as it grows: shown as HTML and as lined-up text, both with the same rows. */
final class Sheet {
  /** Rows that are shown; what is left out is counted. */
  static final int MOST_ROWS = 50;

  static final String SOFT = "color:#7b838c";
  private static final String CELL = "padding:2px 12px 2px 0;vertical-align:top;";
  private static final String RULE = "border-bottom:1px solid rgba(128,128,128,0.3);";
  private static final int MOST_CHARACTERS = 2_000;
  private static final int WIDEST = 60;

  private final List<String> headings;
  private final List<List<Cell>> rows = new ArrayList<>();
  private long total;

  /** One value: what it says, and whether it is a number. */
  private record Cell(String html, String text, boolean right) {}

  /**
   * A table without rows.
   *
   * @param headings one for each column, or none for a table without a head
   */
  Sheet(String... headings) {
    this.headings = List.of(headings);
  }

  /** Adds a row while there is room, and counts it in any case. */
  Sheet row(@Nullable Object... cells) {
    total++;
    if (rows.size() < MOST_ROWS) {
      List<Cell> row = new ArrayList<>();
      for (Object cell : cells) {
        row.add(cell(cell));
      }
      rows.add(row);
    }
    return this;
  }

  /** Says that there are this many rows in all, most of which were never added. */
  Sheet outOf(long rows) {
    total = Math.max(total, rows);
    return this;
  }

  boolean isFull() {
    return rows.size() >= MOST_ROWS;
  }

  private static Cell cell(@Nullable Object value) {
    if (value == null) {
      return new Cell("", "", false);
    }
    if (value instanceof Shown shown) {
      return new Cell(shown.html(), PrintableText.line(shown.text()), false);
    }
    if (value instanceof Double || value instanceof Float) {
      String text = NumberText.of(((Number) value).doubleValue());
      return new Cell(text, text, true);
    }
    String text = value instanceof String string ? string : Brief.of(value);
    return new Cell(
        HtmlText.escape(text, MOST_CHARACTERS),
        PrintableText.line(Brief.cut(text, MOST_CHARACTERS)),
        value instanceof Number);
  }

  /** Returns the table with a line that says what is left out, if anything is. */
  Shown shown() {
    if (rows.size() == total) {
      return new Shown(html(), text());
    }
    String note =
        "%,d of %s; %,d left out"
            .formatted(rows.size(), NumberText.counted(total, "row"), total - rows.size());
    return new Shown(html() + note(note), text() + "\n" + note);
  }

  /** Returns a soft line of plain text as HTML. */
  static String note(String text) {
    return "<div style=\"" + SOFT + "\">" + HtmlText.escape(text) + "</div>";
  }

  private String html() {
    StringBuilder html = new StringBuilder();
    html.append("<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;");
    html.append("text-align:left;margin:4px 0\">");
    if (!headings.isEmpty()) {
      html.append("<thead><tr>");
      for (int i = 0; i < headings.size(); i++) {
        html.append("<th style=\"").append(CELL).append(RULE).append(align(isRight(i)));
        html.append("font-weight:normal;").append(SOFT).append("\">");
        html.append(HtmlText.escape(headings.get(i))).append("</th>");
      }
      html.append("</tr></thead>");
    }
    html.append("<tbody>");
    for (List<Cell> row : rows) {
      html.append("<tr style=\"background:none\">");
      for (Cell cell : row) {
        html.append("<td style=\"").append(CELL).append(align(cell.right()));
        html.append(cell.right() ? "white-space:nowrap" : "white-space:pre-wrap");
        html.append(cell.right() ? "\">" : ";max-width:48em;overflow-wrap:break-word\">");
        html.append(cell.html()).append("</td>");
      }
      html.append("</tr>");
    }
    return html.append("</tbody></table></div>").toString();
  }

  private static String align(boolean right) {
    return right ? "text-align:right;" : "text-align:left;";
  }

  private boolean isRight(int column) {
    return rows.stream().anyMatch(row -> column < row.size() && row.get(column).right());
  }

  private String text() {
    List<List<String>> lines = new ArrayList<>();
    if (!headings.isEmpty()) {
      lines.add(headings.stream().map(PrintableText::line).toList());
    }
    rows.forEach(row -> lines.add(row.stream().map(Cell::text).toList()));
    int columns = lines.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        widths[i] = Math.max(widths[i], Math.min(WIDEST, length(line.get(i))));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      text.append(text.isEmpty() ? "" : "\n").append(line(line, widths));
    }
    return text.toString();
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String pad = " ".repeat(Math.max(0, widths[i] - length(cells.get(i))));
      line.append(i == 0 ? "" : "  ");
      line.append(isRight(i) ? pad + cells.get(i) : cells.get(i) + pad);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
