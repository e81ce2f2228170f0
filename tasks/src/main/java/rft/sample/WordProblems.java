package rft.sample;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import rft.sample.Exercise.Answer;

/**
 * Stories of one or two steps with small numbers: someone has some things, or some bags of them,
 * and then gets or loses some. The careful teacher writes the steps: {@code 12+5=17 17-3=14 ####
 * 14}.
 */
final class WordProblems {
  private static final List<String> GAINS = List.of("buys", "finds", "gets");
  private static final List<String> LOSSES = List.of("loses", "sells", "gives away");
  private static final List<String> QUESTIONS =
      List.of(
          "How many %2$s does %1$s have now?",
          "How many %2$s does %1$s have?", "How many %2$s are there now?");

  private final CounterRandom random;
  private final String name;
  private final String items;
  private final StringBuilder story = new StringBuilder();
  private final StringBuilder steps = new StringBuilder();
  private final List<Integer> gains = new ArrayList<>();
  private final List<Integer> losses = new ArrayList<>();
  private String product = "";
  private int total;
  private int afterFirstStep;

  private WordProblems(CounterRandom random) {
    this.random = random;
    this.name = random.pick(Words.NAMES);
    this.items = random.pick(Words.ITEMS);
  }

  static Exercise draw(CounterRandom random) {
    return new WordProblems(random).exercise();
  }

  private Exercise exercise() {
    boolean bags = random.percent(35);
    int changes = bags ? random.between(0, 1) : random.percent(30) ? 1 : 2;
    start(bags);
    for (int i = 0; i < changes; i++) {
      change(i == 0 ? ", then " : " and then ");
    }
    String question = String.format(Locale.ROOT, random.pick(QUESTIONS), name, items);
    int guess = Numbers.guess(total, List.of(1, 2), random);
    return new Exercise(
        story + ". " + question + Numbers.ASK,
        content(),
        IntNode.valueOf(total),
        List.of(
            new Answer("steps", 40, steps + Numbers.MARK + total),
            new Answer("guess", 26, Numbers.MARK + guess),
            new Answer("hasty", 14, Numbers.MARK + afterFirstStep),
            new Answer("sentence", 20, "The answer is " + total + ".")));
  }

  private void start(boolean bags) {
    story.append(name).append(random.percent(50) ? " has " : " starts with ");
    if (bags) {
      int count = random.between(2, 9);
      int each = random.between(2, 9);
      total = count * each;
      product = Math.min(count, each) + "*" + Math.max(count, each);
      story.append(count).append(" bags of ").append(each).append(' ').append(items);
      steps.append(count).append('*').append(each).append('=').append(total).append(' ');
    } else {
      total = random.between(2, 30);
      gains.add(total);
      story.append(total).append(' ').append(items);
    }
    afterFirstStep = total;
  }

  private void change(String link) {
    boolean loss = random.percent(50) && total > 2;
    int amount = random.between(2, loss ? Math.min(9, total - 1) : 9);
    story.append(link).append(random.pick(loss ? LOSSES : GAINS)).append(' ').append(amount);
    steps.append(total).append(loss ? '-' : '+').append(amount).append('=');
    if (steps.indexOf("=") == steps.length() - 1) {
      afterFirstStep = loss ? total - amount : total + amount;
    }
    total += loss ? -amount : amount;
    (loss ? losses : gains).add(amount);
    steps.append(total).append(' ');
  }

  /**
   * Returns the expression with its terms in order, so that the order of the story is no matter.
   */
  private String content() {
    Collections.sort(gains);
    Collections.sort(losses);
    StringBuilder expression = new StringBuilder(product);
    gains.forEach(gain -> expression.append('+').append(gain));
    losses.forEach(loss -> expression.append('-').append(loss));
    return expression.toString();
  }
}
