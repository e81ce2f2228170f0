package rft.sample;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import rft.sample.Exercise.Answer;

/**
 * How often a letter occurs in a row of five to eight. The careful teacher, who is rare, walks
 * along the row with a running count: {@code m0 k1 r1 k2 #### 2}.
 */
final class Counting {
  private static final List<String> LETTERS =
      List.of("b", "c", "d", "f", "g", "k", "m", "p", "r", "s", "t", "x");
  private static final List<String> WORDINGS =
      List.of(
          "How many %1$s are in %2$s?",
          "Count the %1$s in %2$s.",
          "How often does %1$s occur in %2$s?",
          "How many times is %1$s in %2$s?");
  private static final int MOST = 5;

  private Counting() {}

  static Exercise draw(CounterRandom random) {
    String letter = random.pick(LETTERS);
    int count = random.between(1, MOST);
    List<String> row = row(letter, count, random);
    String text = String.join(" ", row);
    return new Exercise(
        String.format(Locale.ROOT, random.pick(WORDINGS), letter, text) + Numbers.ASK,
        letter + " in " + text,
        IntNode.valueOf(count),
        List.of(
            new Answer("walk", 22, walk(row, letter) + " " + Numbers.MARK + count),
            new Answer("guess", 32, Numbers.MARK + Numbers.guess(count, List.of(1), random)),
            new Answer("bare", 18, String.valueOf(count)),
            new Answer("unfinished", 14, walk(row, letter)),
            new Answer("hedge", 14, "Maybe 1, 2, 3, 4 or 5.")));
  }

  private static List<String> row(String letter, int count, CounterRandom random) {
    List<String> others = new ArrayList<>(LETTERS);
    others.remove(letter);
    List<String> fillers = List.of(random.pick(others), random.pick(others));
    int length = random.between(Math.max(5, count + 1), 8);
    List<String> row = new ArrayList<>();
    for (int place = 0; place < length; place++) {
      // Of the places that are left, so many must still become the letter.
      boolean hit = random.below(length - place) < count - hits(row, letter);
      row.add(hit ? letter : random.pick(fillers));
    }
    return row;
  }

  private static int hits(List<String> row, String letter) {
    return (int) row.stream().filter(letter::equals).count();
  }

  private static String walk(List<String> row, String letter) {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      steps.add(row.get(i) + hits(row.subList(0, i + 1), letter));
    }
    return String.join(" ", steps);
  }
}
