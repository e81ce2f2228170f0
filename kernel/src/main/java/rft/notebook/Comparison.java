package rft.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How one part of an output is compared with the same part of another run. */
enum Comparison {
  /** Every masked line must be as it was. */
  LINES {
    @Override
    List<String> changed(OutputText held, OutputText now) {
      return ChangedLines.between(held, now);
    }
  },

  /**
   * The words must be as they were, but for a few. Another processor rounds the last bit of a sum
   * otherwise, so that now and then another token is sampled, and after a few steps every number
   * and every sampled answer may be another. What the product says around them stays.
   */
  WORDS {
    @Override
    List<String> changed(OutputText held, OutputText now) {
      Set<String> before = words(held);
      Set<String> after = words(now);
      Set<String> gone = new TreeSet<>(before);
      gone.removeAll(after);
      Set<String> come = new TreeSet<>(after);
      come.removeAll(before);
      boolean isSilent = now.lines().isEmpty() && !held.lines().isEmpty();
      if (now.kind().equals(OutputText.ERROR) && !now.lines().get(0).equals(held.lines().get(0))) {
        return ChangedLines.between(held, now);
      }
      if (!isSilent && isFew(gone, before) && isFew(come, after)) {
        return List.of();
      }
      List<String> lines = new ArrayList<>(List.of("  " + now.kind() + ", words"));
      Stream.of(gone)
          .filter(words -> !words.isEmpty())
          .forEach(words -> lines.add(line("-", words)));
      Stream.of(come)
          .filter(words -> !words.isEmpty())
          .forEach(words -> lines.add(line("+", words)));
      if (isSilent) {
        lines.add("+ <nothing>");
      }
      return lines;
    }
  };

  /** Of so many different words one may be another: a sampled answer may hold words, too. */
  private static final int WORDS_FOR_ONE = 4;

  private static final int MOST_WORDS = 12;

  /** Letters that touch no digit, as those of a sampled {@code g1} do. */
  private static final Pattern WORD =
      Pattern.compile("(?<![\\p{L}\\p{N}])\\p{L}{3,}(?![\\p{L}\\p{N}])");

  /** Returns readable lines that say what changed; none if nothing did. */
  abstract List<String> changed(OutputText held, OutputText now);

  private static Set<String> words(OutputText part) {
    Set<String> words = new TreeSet<>();
    for (String line : part.lines()) {
      Matcher word = WORD.matcher(line);
      while (word.find()) {
        words.add(word.group());
      }
    }
    return words;
  }

  private static boolean isFew(Set<String> some, Set<String> of) {
    return some.size() <= of.size() / WORDS_FOR_ONE;
  }

  private static String line(String sign, Set<String> words) {
    String shown = String.join(" ", words.stream().limit(MOST_WORDS).toList());
    int more = words.size() - MOST_WORDS;
    return sign + " " + shown + (more > 0 ? " .. and " + more + " more" : "");
  }
}
