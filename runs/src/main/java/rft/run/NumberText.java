package rft.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a reader wants them: few digits, and the unit that fits. */
public final class NumberText {
  private static final MathContext DIGITS = new MathContext(4);

  private NumberText() {}

  /** Returns a number with at most four significant digits, a large one as a whole number. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "minus infinite";
    }
    boolean large = Math.abs(value) >= 1000 && Math.abs(value) < 1e15;
    if (large || (value == Math.rint(value) && Math.abs(value) < 1e15)) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    boolean plain = Math.abs(value) >= 1e-4 && Math.abs(value) < 1000;
    return plain ? rounded.toPlainString() : rounded.toString().replace("E", "e");
  }

  /** Returns how many there are of something, in the singular for one. */
  public static String counted(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  /** Returns a range of numbers, both ends included, as one number where it holds one. */
  public static String span(String noun, int first, int last) {
    return first == last ? noun + " " + first : noun + "s " + first + " to " + last;
  }

  /** Returns a number in the unit of its metric: shares as per cent. */
  public static String of(double value, String unit) {
    boolean share = unit.equals("share") && Double.isFinite(value);
    return share ? String.format(Locale.ROOT, "%.1f %%", 100 * value) : of(value);
  }
}
