package rft.dataset;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the name that a mistyped one was meant to be. */
public final class NearestName {
  private NearestName() {}

  /**
   * Returns the name that is the fewest slips (letters inserted, left out, wrong or swapped) away,
   * or empty if none is within a third of the length.
   */
  public static Optional<String> of(String typed, Collection<String> names) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    @Nullable String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String name : names) {
      int slips = slips(wanted, name.toLowerCase(Locale.ROOT));
      if (slips < fewest && slips <= Math.max(1, Math.max(wanted.length(), name.length()) / 3)) {
        best = name;
        fewest = slips;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * Returns the name that is the fewest slips away, however many these are; one that begins with
   * what was typed counts as none. Empty only if there are no names.
   */
  public static Optional<String> closest(String typed, Collection<String> names) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    return names.stream()
        .min(
            Comparator.comparingInt(
                    (String name) -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String typed, String name) {
    return !typed.isEmpty() && name.startsWith(typed) ? 0 : slips(typed, name);
  }

  /** Returns {@code "; did you mean NAME?"}, or an empty text when nothing is near. */
  public static String hint(String typed, Collection<String> names) {
    return of(typed, names).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /**
   * Optimal string alignment distance.
   *
   * @see <a href="https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance">its
   *     recurrence</a>
   */
  static int slips(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(distance[i - 1][j] + 1, distance[i][j - 1] + 1);
        least = Math.min(least, distance[i - 1][j - 1] + wrong);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, distance[i - 2][j - 2] + 1);
        }
        distance[i][j] = least;
      }
    }
    return distance[a.length()][b.length()];
  }
}
