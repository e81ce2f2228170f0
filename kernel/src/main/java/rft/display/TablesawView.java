package rft.display;

import rft.run.NumberText;
import tech.tablesaw.columns.Column;
import tech.tablesaw.table.Relation;

/** Shows Tablesaw's tables and columns. */
final class TablesawView {
  private TablesawView() {}

  static Shown relation(Object value) {
    Relation table = (Relation) value;
    Sheet sheet = new Sheet(table.columnNames().toArray(String[]::new));
    for (int row = 0; row < table.rowCount() && !sheet.isFull(); row++) {
      Object[] cells = new Object[table.columnCount()];
      for (int column = 0; column < cells.length; column++) {
        cells[column] = cell(table.column(column), row);
      }
      sheet.row(cells);
    }
    String size =
        NumberText.counted(table.rowCount(), "row")
            + ", "
            + NumberText.counted(table.columnCount(), "column");
    String name = table.name() == null ? "" : table.name();
    return new Page().heading(name, size).add(sheet.outOf(table.rowCount())).shown();
  }

  static Shown column(Object value) {
    Column<?> column = (Column<?>) value;
    Sheet sheet = new Sheet("", column.name());
    for (int row = 0; row < column.size() && !sheet.isFull(); row++) {
      sheet.row(row, cell(column, row));
    }
    return new Page()
        .heading(
            column.name(), NumberText.counted(column.size(), "value") + ", " + column.type().name())
        .add(sheet.outOf(column.size()))
        .shown();
  }

  private static Object cell(Column<?> column, int row) {
    return column.isMissing(row) ? "" : column.get(row);
  }
}
