package rft.grader;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Texts as words, as Python's {@code str.split} and the ROUGE tokenizer see them. */
final class Words {
  private static final Pattern SPACE = Pattern.compile("[\\t-\\r\\x1c-\\x1f\\x85\\p{Z}]+");
  private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^a-z0-9]+");

  /** By code point, where Java's own order is by UTF-16 unit. */
  static final Comparator<String> BY_CODE_POINT = Words::compare;

  private Words() {}

  private static int compare(String a, String b) {
    int shared = Arrays.mismatch(a.toCharArray(), b.toCharArray());
    if (shared < 0 || shared == a.length() || shared == b.length()) {
      return Integer.compare(a.length(), b.length());
    }
    char left = a.charAt(shared);
    char right = b.charAt(shared);
    boolean apart = Character.isSurrogate(left) != Character.isSurrogate(right);
    return apart ? (Character.isSurrogate(left) ? 1 : -1) : Character.compare(left, right);
  }

  /** Returns the words between white space, none for a blank text. */
  static List<String> of(String text) {
    return SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
  }

  /** Returns the runs of a-z and 0-9 in the lower-case text; every other letter separates. */
  static List<String> alphanumeric(String text) {
    return NOT_ALPHANUMERIC
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Returns how often each run of n words occurs. */
  static Map<List<String>, Integer> ngrams(List<String> words, int n) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= words.size(); i++) {
      counts.merge(words.subList(i, i + n), 1, Integer::sum);
    }
    return counts;
  }

  /** Returns how many runs of n words both have, each counted as often as in the poorer one. */
  static int common(List<String> a, List<String> b, int n) {
    Map<List<String>, Integer> other = ngrams(b, n);
    return ngrams(a, n).entrySet().stream()
        .mapToInt(entry -> Math.min(entry.getValue(), other.getOrDefault(entry.getKey(), 0)))
        .sum();
  }
}
