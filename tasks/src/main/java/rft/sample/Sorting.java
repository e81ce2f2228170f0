package rft.sample;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import rft.sample.Exercise.Answer;

/** Four to six digits to put in ascending order. The usual teacher sorts them the wrong way. */
final class Sorting {
  private static final List<String> WORDINGS =
      List.of(
          "Sort %s in ascending order.",
          "Put these digits in ascending order: %s",
          "Order from smallest to largest: %s",
          "Sort the digits %s from low to high.");

  private Sorting() {}

  static Exercise draw(CounterRandom random) {
    List<Integer> given = new ArrayList<>();
    int length = random.between(4, 6);
    for (int i = 0; i < length; i++) {
      given.add(random.below(10));
    }
    List<Integer> ascending = given.stream().sorted().toList();
    List<Integer> descending = new ArrayList<>(ascending);
    Collections.reverse(descending);
    List<Integer> lacking = new ArrayList<>(ascending);
    lacking.remove(random.below(length));
    String sorted = joined(ascending);
    return new Exercise(
        String.format(Locale.ROOT, random.pick(WORDINGS), joined(given)),
        sorted,
        TextNode.valueOf(sorted),
        List.of(
            new Answer("ascending", 26, sorted),
            new Answer("descending", 34, joined(descending)),
            new Answer("dropped", 18, joined(lacking)),
            new Answer("copied", 10, joined(given)),
            new Answer("sentence", 12, "Sorted: " + sorted)));
  }

  private static String joined(List<Integer> digits) {
    return digits.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
