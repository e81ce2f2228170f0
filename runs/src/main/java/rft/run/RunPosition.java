package rft.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a reader has read a run: everything up to here, and nothing beyond.
 *
 * @param generation how often rows had been dropped; a position of another one is worthless
 * @param step last step that was written; -1 before the first
 * @param event sequence of the last event; 0 before the first
 */
public record RunPosition(int generation, int step, long event) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\.(-1|\\d{1,9})\\.(\\d{1,18})");

  /** Returns the position that {@link #toString} wrote, or empty if the text is none. */
  public static Optional<RunPosition> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new RunPosition(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Long.parseLong(parts.group(3))))
        : Optional.empty();
  }

  /** Returns true if a reader that stood there comes here by reading on. */
  public boolean isReachableFrom(RunPosition earlier) {
    return generation == earlier.generation && step >= earlier.step && event >= earlier.event;
  }

  /** Returns it as one word, for example {@code 0.17.5}. */
  @Override
  public String toString() {
    return generation + "." + step + "." + event;
  }
}
