package rft.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** How a double lies in two columns: SQLite has no NaN and stores NULL in its place. */
final class StoredNumber {
  private static final int FINITE = 0;
  private static final int NAN = 1;
  private static final int POSITIVE_INFINITY = 2;
  private static final int NEGATIVE_INFINITY = 3;

  private StoredNumber() {}

  static @Nullable Double value(double number) {
    return Double.isFinite(number) ? number : null;
  }

  static int flag(double number) {
    if (Double.isNaN(number)) {
      return NAN;
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
    }
    return FINITE;
  }

  static double read(ResultSet row, String value, String flag) throws SQLException {
    return switch (row.getInt(flag)) {
      case FINITE -> row.getDouble(value);
      case POSITIVE_INFINITY -> Double.POSITIVE_INFINITY;
      case NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }

  /** Returns a number where an absent one is NaN. */
  static double readOrNaN(ResultSet row, String column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() ? Double.NaN : number;
  }
}
