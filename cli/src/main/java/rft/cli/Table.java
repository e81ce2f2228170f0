package rft.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines up cells in columns; the last column takes the rest of the line. */
final class Table {
  private static final int GAP = 2;

  private final boolean[] right;
  private final List<List<Line>> rows = new ArrayList<>();

  /**
   * @param columns one letter a column: {@code l} for left-aligned, {@code r} for numbers
   */
  Table(String columns) {
    right = new boolean[columns.length()];
    for (int i = 0; i < right.length; i++) {
      right[i] = columns.charAt(i) == 'r';
    }
  }

  Table heading(String... names) {
    return row(List.of(names).stream().map(name -> Line.of(Style.FAINT, name)).toList());
  }

  Table row(String... cells) {
    return row(List.of(cells).stream().map(Line::of).toList());
  }

  Table row(List<Line> cells) {
    if (cells.size() != right.length) {
      throw new IllegalArgumentException(
          "a row of " + cells.size() + " cells in a table of " + right.length + " columns");
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  void print(Terminal terminal) {
    int[] widths = new int[right.length];
    for (List<Line> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    for (List<Line> row : rows) {
      terminal.print(joined(row, widths, terminal.colored()));
    }
  }

  private String joined(List<Line> row, int[] widths, boolean colored) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - row.get(i).width());
      String cell = row.get(i).render(colored);
      boolean last = i == widths.length - 1;
      out.append(right[i] ? pad + cell : last ? cell : cell + pad);
      out.append(last ? "" : " ".repeat(GAP));
    }
    return out.toString().stripTrailing();
  }
}
