package rft.prompt.jinja;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the time as Python's {@code strftime} does in the C locale. */
final class DateText {
  private DateText() {}

  static String format(String pattern, Clock clock) {
    ZonedDateTime now = ZonedDateTime.now(clock);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char letter = pattern.charAt(i);
      if (letter != '%' || i + 1 == pattern.length()) {
        text.append(letter);
        continue;
      }
      letter = pattern.charAt(++i);
      boolean unpadded = letter == '-' && i + 1 < pattern.length();
      String part = part(unpadded ? pattern.charAt(++i) : letter, now);
      text.append(unpadded && part.length() > 1 ? part.replaceFirst("^0+(?=.)", "") : part);
    }
    return text.toString();
  }

  private static String part(char directive, ZonedDateTime now) {
    String java =
        switch (directive) {
          case 'd' -> "dd";
          case 'b' -> "MMM";
          case 'B' -> "MMMM";
          case 'm' -> "MM";
          case 'Y' -> "uuuu";
          case 'y' -> "uu";
          case 'H' -> "HH";
          case 'I' -> "hh";
          case 'M' -> "mm";
          case 'S' -> "ss";
          case 'p' -> "a";
          case 'a' -> "EEE";
          case 'A' -> "EEEE";
          case 'j' -> "DDD";
          case '%' -> "'%'";
          default ->
              throw new JinjaException(
                  "strftime_now does not support %"
                      + directive
                      + "; supported are"
                      + " %d %b %B %m %Y %y %H %I %M %S %p %a %A %j %%");
        };
    return DateTimeFormatter.ofPattern(java, Locale.ENGLISH).format(now);
  }
}
