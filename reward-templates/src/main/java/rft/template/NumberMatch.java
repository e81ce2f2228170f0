package rft.template;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion whose number after {@code ####} equals the reference.
 *
 * <p>Pays 1 for the same number, else 0. The mark must stand in one place, the number right after
 * it, and no other digit may follow, so that hedging earns nothing. Numbers are compared exactly,
 * as decimals or fractions: {@code $1,250.00} equals {@code 1250}, and {@code 2/4} equals {@code
 * 0.5}. The reference is a number, or a worked solution with its number after {@code ####}; a task
 * without one is abstained from.
 *
 * <p>Does not catch a lucky guess, or a solution that is wrong but ends in the right number: what
 * stands before the mark is not read.
 */
public final class NumberMatch implements RewardFunction {
  private static final String MARK = "####";
  private static final int LONGEST_NUMBER = 100;
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\s*(?<sign>[-+]?)(?:\\$(?<minus>-?))?"
              + "(?<whole>\\d{1,3}(?:,\\d{3})++|\\d*+)(?<part>\\.\\d++)?+(?:\\s?/\\s?(?<over>\\d++))?+");

  /** Makes the reward. */
  public NumberMatch() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    String reference = task.referenceText();
    Optional<Fraction> expected =
        numberIn(
            reference.substring(Math.max(0, afterMark(reference, reference.lastIndexOf(MARK)))));
    if (expected.isEmpty()) {
      return new Abstain("the reference answer is no number: " + shortened(reference));
    }
    String text = completion.text();
    int mark = text.indexOf(MARK);
    if (mark < 0) {
      return Score.of(0, "no " + MARK);
    }
    if (text.indexOf(MARK, afterMark(text, mark)) >= 0) {
      return Score.of(0, MARK + " more than once");
    }
    Optional<Fraction> given = numberIn(text.substring(afterMark(text, mark)));
    if (given.isEmpty()) {
      return Score.of(0, "not one number after " + MARK);
    }
    boolean equal = given.get().sameAs(expected.get());
    return equal ? Score.of(1, "right") : Score.of(0, "wrong number");
  }

  /** Returns where the text goes on after a mark and the signs that lengthen it; -1 without one. */
  private static int afterMark(String text, int mark) {
    int end = mark;
    while (end >= 0 && end < text.length() && text.charAt(end) == '#') {
      end++;
    }
    return end;
  }

  /** Returns the number that the text begins with, if it is the only one there. */
  private static Optional<Fraction> numberIn(String text) {
    String head = text.substring(0, Math.min(text.length(), LONGEST_NUMBER)).replace('\u2212', '-');
    Matcher number = NUMBER.matcher(head);
    if (!number.lookingAt() || text.substring(number.end()).chars().anyMatch(Character::isDigit)) {
      return Optional.empty();
    }
    String part = number.group("part") == null ? "" : number.group("part");
    String digits = number.group("whole").replace(",", "") + part;
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    boolean negative = number.group("sign").equals("-") || "-".equals(number.group("minus"));
    BigDecimal above = new BigDecimal(digits);
    String over = number.group("over");
    BigDecimal below = over == null ? BigDecimal.ONE : new BigDecimal(over);
    return below.signum() == 0
        ? Optional.empty()
        : Optional.of(new Fraction(negative ? above.negate() : above, below));
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "..";
  }

  private record Fraction(BigDecimal above, BigDecimal below) {
    boolean sameAs(Fraction other) {
      return above.multiply(other.below).compareTo(other.above.multiply(below)) == 0;
    }
  }
}
