package rft.sample;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import java.util.Locale;
import rft.sample.Exercise.Answer;

/**
 * Sums of two numbers of two or three digits. The careful teacher adds column by column, from the
 * ones, and carries: {@code 7+5=12 4+8+1=13 #### 132}.
 */
final class Addition {
  private static final List<String> WORDINGS =
      List.of(
          "What is %d + %d?",
          "Add %d and %d.",
          "Compute %d + %d.",
          "%d + %d = ?",
          "What is the sum of %d and %d?",
          "How much is %d plus %d?");

  private Addition() {}

  static Exercise draw(CounterRandom random) {
    int a = operand(random);
    int b = operand(random);
    int sum = a + b;
    return new Exercise(
        String.format(Locale.ROOT, random.pick(WORDINGS), a, b) + Numbers.ASK,
        Math.min(a, b) + " + " + Math.max(a, b),
        IntNode.valueOf(sum),
        List.of(
            new Answer("columns", 27, columns(a, b, true)),
            new Answer("no-carry", 13, columns(a, b, false)),
            new Answer("guess", 28, Numbers.MARK + Numbers.guess(sum, List.of(1, 10), random)),
            new Answer("bare", 20, String.valueOf(sum)),
            new Answer("sentence", 12, "The sum is " + sum + ".")));
  }

  private static int operand(CounterRandom random) {
    return random.percent(60) ? random.between(10, 99) : random.between(100, 999);
  }

  private static String columns(int a, int b, boolean carrying) {
    StringBuilder steps = new StringBuilder();
    int result = 0;
    int carry = 0;
    for (int unit = 1; unit <= Math.max(a, b); unit *= 10) {
      int column = a / unit % 10 + b / unit % 10 + carry;
      steps.append(a / unit % 10).append('+').append(b / unit % 10);
      steps.append(carry > 0 ? "+" + carry : "").append('=').append(column).append(' ');
      boolean last = unit * 10 > Math.max(a, b);
      result += (last ? column : column % 10) * unit;
      carry = carrying ? column / 10 : 0;
    }
    return steps + Numbers.MARK + result;
  }
}
