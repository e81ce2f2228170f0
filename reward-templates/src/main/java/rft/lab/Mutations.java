package rft.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes texts piece by piece: a piece is a word, a number, space, or one other character. */
final class Mutations {
  private static final Pattern PIECE =
      Pattern.compile("\\d+|\\p{L}+|\\s+|[^\\d\\p{L}\\s]", Pattern.DOTALL);
  private static final int LONGEST = 1_200;

  private final RandomGenerator random;

  Mutations(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Returns a text made of one or two others.
   *
   * @param wrong answers to other tasks, as they are written
   */
  String child(String one, String other, List<String> wrong) {
    List<String> pieces = pieces(one);
    String child =
        switch (random.nextInt(8)) {
          case 0, 1 -> without(pieces);
          case 2 -> twice(pieces);
          case 3 -> swapped(pieces);
          case 4 -> spliced(pieces, pieces(other));
          case 5 -> otherNumber(pieces);
          case 6 -> one + "\n" + wrong.get(random.nextInt(wrong.size()));
          default -> one.replaceAll("[\\p{L}\\p{N}]+", random.nextBoolean() ? "" : "0");
        };
    return child.length() <= LONGEST ? child : child.substring(0, LONGEST);
  }

  static List<String> pieces(String text) {
    return PIECE.matcher(text).results().map(MatchResult::group).toList();
  }

  private String without(List<String> pieces) {
    int[] span = span(pieces);
    List<String> left = new ArrayList<>(pieces.subList(0, span[0]));
    left.addAll(pieces.subList(span[1], pieces.size()));
    return String.join("", left);
  }

  private String twice(List<String> pieces) {
    int[] span = span(pieces);
    List<String> more = new ArrayList<>(pieces.subList(0, span[1]));
    more.addAll(pieces.subList(span[0], pieces.size()));
    return String.join("", more);
  }

  private String swapped(List<String> pieces) {
    List<String> other = new ArrayList<>(pieces);
    if (other.size() > 1) {
      Collections.swap(other, random.nextInt(other.size()), random.nextInt(other.size()));
    }
    return String.join("", other);
  }

  private String spliced(List<String> one, List<String> other) {
    List<String> both = new ArrayList<>(one.subList(0, random.nextInt(one.size() + 1)));
    both.addAll(other.subList(random.nextInt(other.size() + 1), other.size()));
    return String.join("", both);
  }

  private String otherNumber(List<String> pieces) {
    List<String> other = new ArrayList<>(pieces);
    for (int i = 0; i < other.size(); i++) {
      if (Character.isDigit(other.get(i).codePointAt(0)) && random.nextInt(3) == 0) {
        other.set(i, String.valueOf(random.nextInt(100)));
      }
    }
    return String.join("", other);
  }

  private int[] span(List<String> pieces) {
    if (pieces.isEmpty()) {
      return new int[] {0, 0};
    }
    int from = random.nextInt(pieces.size());
    int most = Math.max(1, pieces.size() / 2);
    return new int[] {from, Math.min(pieces.size(), from + 1 + random.nextInt(most))};
  }

  /**
   * Returns a text without all pieces that it can do without.
   *
   * @param still whether a shorter text will do
   * @see <a href="https://doi.org/10.1109/32.988498">Zeller, Hildebrandt: Simplifying and isolating
   *     failure-inducing input</a>
   */
  static String shrunk(String text, Predicate<String> still) {
    List<String> pieces = pieces(text);
    int chunk = Math.max(1, pieces.size() / 2);
    while (!pieces.isEmpty()) {
      boolean smaller = false;
      for (int from = 0; from < pieces.size(); ) {
        List<String> left = new ArrayList<>(pieces.subList(0, from));
        left.addAll(pieces.subList(Math.min(pieces.size(), from + chunk), pieces.size()));
        if (still.test(String.join("", left))) {
          pieces = left;
          smaller = true;
        } else {
          from += chunk;
        }
      }
      if (chunk == 1 && !smaller) {
        break;
      }
      chunk = smaller ? Math.max(1, Math.min(chunk, pieces.size() / 2)) : Math.max(1, chunk / 2);
    }
    return String.join("", pieces);
  }
}
