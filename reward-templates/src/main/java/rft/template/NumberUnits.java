package rft.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion that ends in the quantity of the reference: a number near enough, in a unit
 * that measures the same.
 *
 * <p>Pays 1 if the quantity lies within the tolerance, else 0; "1.5 km" equals "1500 m". The
 * quantity is what follows the last {@code ####}, or else stands in the last line, and must be the
 * only number there. The reference is a text such as "1.5 km", a number, or an object with {@code
 * value}, {@code unit} and {@code tolerance}; a row's {@code tolerance} goes before the option. A
 * unit that is not in the table must be spelled as in the reference. Without a number in the
 * reference the reward abstains.
 *
 * <p>Does not catch a wrong derivation, or a lucky guess, which a wide tolerance makes likely. Two
 * units of one spelling, such as m for metre and for minute, are one.
 */
public final class NumberUnits implements RewardFunction {
  /** How far the number may lie from the reference, relative to it; 0.01 is one percent. */
  private static final double TOLERANCE = 0.01;

  /** Whether an answer without a unit is taken to be in the reference's. */
  private static final boolean UNIT_MAY_LACK = false;

  /** What each unit measures and how much of it: {@code length 1000} is a thousand metres. */
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("mm", "length 0.001"),
          Map.entry("cm", "length 0.01"),
          Map.entry("m", "length 1"),
          Map.entry("km", "length 1000"),
          Map.entry("in", "length 0.0254"),
          Map.entry("ft", "length 0.3048"),
          Map.entry("mi", "length 1609.344"),
          Map.entry("mg", "mass 0.000001"),
          Map.entry("g", "mass 0.001"),
          Map.entry("kg", "mass 1"),
          Map.entry("t", "mass 1000"),
          Map.entry("lb", "mass 0.45359237"),
          Map.entry("ms", "time 0.001"),
          Map.entry("s", "time 1"),
          Map.entry("min", "time 60"),
          Map.entry("h", "time 3600"),
          Map.entry("d", "time 86400"),
          Map.entry("ml", "volume 0.001"),
          Map.entry("l", "volume 1"),
          Map.entry("m/s", "speed 3.6"),
          Map.entry("km/h", "speed 1"),
          Map.entry("mph", "speed 1.609344"),
          Map.entry("j", "energy 1"),
          Map.entry("kj", "energy 1000"),
          Map.entry("kwh", "energy 3600000"),
          Map.entry("w", "power 1"),
          Map.entry("kw", "power 1000"),
          Map.entry("%", "share 0.01"));

  /** Other spellings of the units, without a plural's s. */
  private static final Map<String, String> SPELLINGS =
      Map.ofEntries(
          Map.entry("millimetre", "mm"),
          Map.entry("centimetre", "cm"),
          Map.entry("metre", "m"),
          Map.entry("meter", "m"),
          Map.entry("kilometre", "km"),
          Map.entry("kilometer", "km"),
          Map.entry("inch", "in"),
          Map.entry("feet", "ft"),
          Map.entry("foot", "ft"),
          Map.entry("mile", "mi"),
          Map.entry("gram", "g"),
          Map.entry("kilogram", "kg"),
          Map.entry("tonne", "t"),
          Map.entry("pound", "lb"),
          Map.entry("second", "s"),
          Map.entry("sec", "s"),
          Map.entry("minute", "min"),
          Map.entry("hour", "h"),
          Map.entry("hr", "h"),
          Map.entry("day", "d"),
          Map.entry("litre", "l"),
          Map.entry("liter", "l"),
          Map.entry("kmh", "km/h"),
          Map.entry("percent", "%"));

  private static final String MARK = "####";
  private static final Pattern QUANTITY =
      Pattern.compile(
          "(?<![\\w.])(?<number>[-\u2212]?(?:\\d{1,3}(?:,\\d{3})++(?!\\d)|\\d++)?(?:\\.\\d++)?(?<=\\d)"
              + "(?:[eE][-+]?\\d{1,3}\\b)?)\\s?(?<unit>%|[\\p{L}\u00b0\u00b5]++(?:/\\p{L}++)?)?");

  /** Makes the reward. */
  public NumberUnits() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    JsonNode reference = task.reference();
    Optional<Quantity> expected =
        reference.isObject()
            ? only(reference.path("value").asText() + " " + reference.path("unit").asText())
            : only(task.referenceText());
    if (expected.isEmpty()) {
      return new Abstain("the reference answer is not one quantity");
    }
    double standard = task.attributes().path("tolerance").asDouble(TOLERANCE);
    double tolerance = reference.path("tolerance").asDouble(standard);
    String text = completion.text().strip();
    int mark = text.lastIndexOf(MARK);
    Optional<Quantity> given =
        only(mark < 0 ? text.substring(text.lastIndexOf('\n') + 1) : text.substring(mark + 4));
    if (given.isEmpty()) {
      return Score.of(0, "not one quantity at the end");
    }
    return given.get().isNear(expected.get(), tolerance)
        ? Score.of(1, "right")
        : Score.of(0, "another quantity");
  }

  /** Returns the quantity of a text that has just one. */
  private static Optional<Quantity> only(String text) {
    Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    double number =
        Double.parseDouble(matcher.group("number").replace(",", "").replace('\u2212', '-'));
    String unit = matcher.group("unit");
    Quantity quantity = Quantity.of(number, unit == null ? "" : unit);
    boolean alone = text.substring(matcher.end()).chars().noneMatch(Character::isDigit);
    return alone && Double.isFinite(number) ? Optional.of(quantity) : Optional.empty();
  }

  /** A number of what a unit measures. */
  private record Quantity(double number, double factor, String measures) {
    static Quantity of(double number, String written) {
      String unit = written.toLowerCase(Locale.ROOT);
      String single = unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
      String known = SPELLINGS.getOrDefault(unit, SPELLINGS.getOrDefault(single, unit));
      String entry = UNITS.getOrDefault(known, UNITS.getOrDefault(single, ""));
      if (entry.isEmpty()) {
        return new Quantity(number, 1, known);
      }
      int space = entry.indexOf(' ');
      double factor = Double.parseDouble(entry.substring(space + 1));
      return new Quantity(number, factor, entry.substring(0, space));
    }

    boolean isNear(Quantity reference, double tolerance) {
      boolean bare = UNIT_MAY_LACK && measures.isEmpty();
      double mine = number * (bare ? reference.factor : factor);
      double wanted = reference.number * reference.factor;
      return (bare || measures.equals(reference.measures))
          && Math.abs(mine - wanted) <= Math.abs(wanted) * tolerance + 1e-12;
    }
  }
}
