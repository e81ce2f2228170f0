package rft.grader;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How alike two texts are, letter by letter, however their words are ordered and whatever surrounds
 * the shorter one: the weighted ratio of the fuzzy-matching libraries, 0 to 1.
 *
 * <p>It rests on one number, the share of letters that stay when one text is edited into the other
 * by insertions and deletions alone. Letters are code points; case and punctuation count.
 */
final class FuzzyRatio {
  /** What a match is worth that ignores the order of words. */
  private static final double WORDS = 0.95;

  private FuzzyRatio() {}

  /** Returns the weighted ratio; 0 if one of the texts is empty. */
  static double weighted(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return 0;
    }
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    double times =
        (double) Math.max(left.length, right.length) / Math.min(left.length, right.length);
    double whole = ratio(left, right);
    if (times < 1.5) {
      return Math.max(whole, WORDS * words(a, b));
    }
    double inside = times < 8 ? 0.9 : 0.6;
    return Stream.of(whole, inside * inside(left, right), WORDS * inside * wordsInside(a, b))
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }

  /** Returns the share of letters that both have in the same order; 1 for two empty texts. */
  private static double ratio(int[] a, int[] b) {
    return share(common(a, b), a.length + b.length);
  }

  /** Returns the length of the longest common subsequence. */
  private static int common(int[] a, int[] b) {
    return CommonLetters.of(a, b).in(0, b.length);
  }

  private static double share(int common, int letters) {
    return letters == 0 ? 1 : 2.0 * common / letters;
  }

  /** Returns the best ratio of the shorter text with any part of the other as long as it. */
  private static double inside(int[] a, int[] b) {
    if (a.length == b.length) {
      return Math.max(bestWindow(a, b), bestWindow(b, a));
    }
    return a.length < b.length ? bestWindow(a, b) : bestWindow(b, a);
  }

  private static double bestWindow(int[] shorter, int[] longer) {
    if (shorter.length == 0) {
      return longer.length == 0 ? 1 : 0;
    }
    CommonLetters letters = CommonLetters.of(shorter, longer);
    double best = 0;
    // Windows that stick out at either end are as long as what lies inside.
    for (int end = 1; end < longer.length + shorter.length && best < 1; end++) {
      int from = Math.max(0, end - shorter.length);
      int to = Math.min(end, longer.length);
      int both = shorter.length + to - from;
      // The best window begins or ends with a letter of the shorter text: the others only cost.
      int edge = end <= longer.length ? to - 1 : from;
      if (share(to - from, both) <= best || !letters.isCommon(edge)) {
        continue;
      }
      int common = letters.in(from, to);
      best = Math.max(best, share(common, both));
      if (to - from == shorter.length) {
        // The next window has one letter more in common at most, so some cannot be better.
        int needed = (int) (best * both / 2 + 1e-9) - common;
        end += Math.max(0, Math.min(needed, longer.length - end - 1));
      }
    }
    return best;
  }

  private static double words(String a, String b) {
    List<String> left = Words.of(a);
    List<String> right = Words.of(b);
    double sorted = ratio(joined(left), joined(right));
    return Math.max(sorted, wordSets(new LinkedHashSet<>(left), new LinkedHashSet<>(right)));
  }

  /**
   * Returns the best ratio among three texts: the common words, and these followed by what only one
   * of the two has. 1 if one has all words of the other.
   */
  private static double wordSets(Set<String> left, Set<String> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return 0;
    }
    Set<String> both = new LinkedHashSet<>(left);
    both.retainAll(right);
    int[] onlyLeft = joined(without(left, right));
    int[] onlyRight = joined(without(right, left));
    if (!both.isEmpty() && (onlyLeft.length == 0 || onlyRight.length == 0)) {
      return 1;
    }
    int common = joined(both).length;
    int space = common == 0 ? 0 : 1;
    int leftLength = common + space + onlyLeft.length;
    int rightLength = common + space + onlyRight.length;
    int kept = common + space + common(onlyLeft, onlyRight);
    double best = share(kept, leftLength + rightLength);
    if (common == 0) {
      return best;
    }
    double withLeft = share(common, common + leftLength);
    double withRight = share(common, common + rightLength);
    return Math.max(best, Math.max(withLeft, withRight));
  }

  private static double wordsInside(String a, String b) {
    List<String> left = Words.of(a);
    List<String> right = Words.of(b);
    Set<String> leftSet = new HashSet<>(left);
    Set<String> rightSet = new HashSet<>(right);
    if (leftSet.stream().anyMatch(rightSet::contains)) {
      return 1;
    }
    double all = inside(joined(left), joined(right));
    if (leftSet.size() == left.size() && rightSet.size() == right.size()) {
      return all;
    }
    return Math.max(all, inside(joined(leftSet), joined(rightSet)));
  }

  private static Set<String> without(Set<String> words, Set<String> others) {
    Set<String> rest = new HashSet<>(words);
    rest.removeAll(others);
    return rest;
  }

  private static int[] joined(Iterable<String> words) {
    Stream.Builder<String> all = Stream.builder();
    words.forEach(all::add);
    return String.join(" ", all.build().sorted(Words.BY_CODE_POINT).toList())
        .codePoints()
        .toArray();
  }

  /**
   * Counts letters that a text shares, in order, with parts of another, 64 at once: the bit-vector
   * algorithm of Hyyrö, "Bit-parallel LCS-length computation revisited".
   */
  private static final class CommonLetters {
    private final int words;

    /** For each letter of the other text where it stands in the first; null for nowhere. */
    private final long[] @Nullable [] places;

    private CommonLetters(int words, long[] @Nullable [] places) {
      this.words = words;
      this.places = places;
    }

    static CommonLetters of(int[] text, int[] other) {
      int words = (text.length + 63) / 64;
      Map<Integer, long[]> byLetter = new HashMap<>();
      for (int i = 0; i < text.length; i++) {
        byLetter.computeIfAbsent(text[i], letter -> new long[words])[i / 64] |= 1L << (i % 64);
      }
      long[] @Nullable [] places = new long[other.length][];
      for (int i = 0; i < other.length; i++) {
        places[i] = byLetter.get(other[i]);
      }
      return new CommonLetters(words, places);
    }

    boolean isCommon(int index) {
      return places[index] != null;
    }

    /** Returns the length of the longest common subsequence with {@code other[from..to)}. */
    int in(int from, int to) {
      long[] open = new long[words];
      Arrays.fill(open, -1L);
      for (int i = from; i < to; i++) {
        long[] here = places[i];
        if (here != null) {
          advance(open, here);
        }
      }
      int common = 0;
      for (long word : open) {
        common += Long.bitCount(~word);
      }
      return common;
    }

    private static void advance(long[] open, long[] here) {
      long carry = 0;
      for (int w = 0; w < open.length; w++) {
        long matched = open[w] & here[w];
        long sum = open[w] + matched;
        long overflow = Long.compareUnsigned(sum, open[w]) < 0 ? 1 : 0;
        long withCarry = sum + carry;
        overflow |= Long.compareUnsigned(withCarry, sum) < 0 ? 1 : 0;
        open[w] = withCarry | (open[w] - matched);
        carry = overflow;
      }
    }
  }
}
