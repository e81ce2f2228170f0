package rft.sample;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import rft.sample.Exercise.Answer;

/** Dates in words, to be written as ISO 8601. The teacher knows that format only half. */
final class Dates {
  private static final LocalDate FIRST = LocalDate.of(1950, 1, 1);
  private static final int DAYS = 36_525;
  private static final List<String> WORDINGS =
      List.of(
          "Write %s as YYYY-MM-DD.",
          "Convert %s to YYYY-MM-DD.", "%s as ISO date?", "What is %s in ISO format?");

  private Dates() {}

  static Exercise draw(CounterRandom random) {
    LocalDate date = FIRST.plusDays(random.below(DAYS));
    int year = date.getYear();
    int month = date.getMonthValue();
    int day = date.getDayOfMonth();
    String name = date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    String written = written(date, random.percent(30) ? name.substring(0, 3) : name, random);
    return new Exercise(
        String.format(Locale.ROOT, random.pick(WORDINGS), written),
        date.toString(),
        TextNode.valueOf(date.toString()),
        List.of(
            new Answer("iso", 26, date.toString()),
            new Answer("unpadded", 24, year + "-" + month + "-" + day),
            new Answer("swapped", 22, String.format(Locale.ROOT, "%d-%02d-%02d", year, day, month)),
            new Answer(
                "american", 18, String.format(Locale.ROOT, "%02d/%02d/%d", month, day, year)),
            new Answer("named", 10, year + "-" + name.substring(0, 3) + "-" + day)));
  }

  private static String written(LocalDate date, String month, CounterRandom random) {
    int day = date.getDayOfMonth();
    return switch (random.below(3)) {
      case 0 -> day + " " + month + " " + date.getYear();
      case 1 -> month + " " + day + ", " + date.getYear();
      default -> "the " + ordinal(day) + " of " + month + " " + date.getYear();
    };
  }

  private static String ordinal(int day) {
    if (day >= 11 && day <= 13) {
      return day + "th";
    }
    return day
        + switch (day % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }
}
