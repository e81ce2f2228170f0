package rft.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name a mistyped one was meant to be. */
final class NearestName {
  private NearestName() {}

  /** Returns the known name with the fewest changed characters, or empty if there is none. */
  static Optional<String> to(String name, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String other) -> changes(name, other))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Returns the Levenshtein distance; characters added after a common start count little. */
  private static int changes(String from, String to) {
    if (!from.isEmpty() && to.startsWith(from)) {
      return 0;
    }
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replace = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[to.length()];
  }
}
