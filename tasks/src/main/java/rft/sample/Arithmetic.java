package rft.sample;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import rft.dataset.Message;
import rft.sample.EverydayTask.Draft;

/** A story with numbers, and the sum that answers it: products and quotients, added up. */
final class Arithmetic {
  private static final Phrases PHRASES = Phrases.read("arithmetic.txt");

  private Arithmetic() {}

  static Draft draw(CounterRandom random) {
    while (true) {
      String[] story = random.pick(PHRASES.section("story")).split("\\|");
      Phrases.Draw draw = PHRASES.draw(random);
      String text = draw.fill(story[0]);
      List<Term> terms =
          Arrays.stream(story[1].split("(?=[-+])")).map(term -> Term.of(term, draw)).toList();
      boolean whole = terms.stream().allMatch(Term::isWhole);
      int total = whole ? terms.stream().mapToInt(Term::value).sum() : 0;
      if (total > 0) {
        return new Draft(
            List.of(
                Message.system("Answer with #### and the number."),
                Message.user("Tom has 3 pens and buys 4 more. How many pens are there?"),
                Message.assistant("#### 7"),
                Message.user(text)),
            content(terms),
            IntNode.valueOf(total),
            Map.of());
      }
    }
  }

  /** Returns the sum with its terms in order, so that the order of the story is no matter. */
  private static String content(List<Term> terms) {
    return terms.stream().map(Term::text).sorted().collect(Collectors.joining());
  }

  /**
   * A product or a quotient with its sign.
   *
   * @param sign 1 or -1
   * @param factors multiplied, in order of size
   * @param divisor 1 for a product
   */
  private record Term(int sign, List<Integer> factors, int divisor) {
    static Term of(String letters, Phrases.Draw draw) {
      List<Integer> factors = new ArrayList<>();
      int divisor = 1;
      for (int i = 0; i < letters.length(); i++) {
        if (Character.isLetter(letters.charAt(i))) {
          int number = Integer.parseInt(draw.get(letters.substring(i, i + 1)));
          if (i > 0 && letters.charAt(i - 1) == '/') {
            divisor = number;
          } else {
            factors.add(number);
          }
        }
      }
      Collections.sort(factors);
      return new Term(letters.startsWith("-") ? -1 : 1, List.copyOf(factors), divisor);
    }

    boolean isWhole() {
      return product() % divisor == 0;
    }

    int value() {
      return sign * product() / divisor;
    }

    String text() {
      String product =
          factors.stream().map(factor -> factor.toString()).collect(Collectors.joining("*"));
      return (sign < 0 ? "-" : "+") + product + (divisor == 1 ? "" : "/" + divisor);
    }

    private int product() {
      return factors.stream().mapToInt(Integer::intValue).reduce(1, (a, b) -> a * b);
    }
  }
}
