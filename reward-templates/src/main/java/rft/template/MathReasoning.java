package rft.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
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
 * Rewards a completion whose final answer is the number of the reference.
 *
 * <p>Pays 1 for the same number, else 0. The final answer stands after {@code ####}, else in {@code
 * \boxed{}}, else after "answer is" or "Answer:", else it is the last number. Several answers that
 * differ, or one that hedges ("72 or 73"), earn nothing. Understood are signs, thousands
 * separators, decimals, fractions, {@code \frac}, mixed numbers, powers ("2e3"), percent (50% is
 * 0.5, and 50 where the other side has no sign), money and a unit behind the number, which is not
 * compared. The reference is a number, a text with one, or an object that has it as {@code
 * final_answer}, {@code answer}, {@code expectedAnswer}, {@code ground_truth}, {@code solution} or
 * {@code text}; without one the reward abstains.
 *
 * <p>Does not catch a wrong derivation that ends in the right number, a wrong unit, or, where no
 * answer is marked, numbers that are listed with the right one last.
 */
public final class MathReasoning implements RewardFunction {
  /** Whether the last number counts where no answer is marked; false makes the mark a duty. */
  private static final boolean LAST_NUMBER_COUNTS = true;

  /**
   * How far numbers may lie apart and be the same, relative to the reference; whole numbers must be
   * exact in any case.
   */
  private static final double TOLERANCE = 1e-6;

  private static final List<String> KEYS =
      List.of("final_answer", "answer", "expectedAnswer", "ground_truth", "solution", "text");
  private static final int LONGEST_ANSWER = 300;
  private static final String HASHES = "####";
  private static final String BOX = "\\boxed{";
  private static final Pattern PHRASE = Pattern.compile("(?i)(?<!\\w)answer\\s?(?:is|:|=)[\\s:]*+");
  private static final Pattern FRACTION =
      Pattern.compile("\\\\[dt]?frac\\{\\s?(-?\\d++)\\s?}\\{\\s?(\\d++)\\s?}");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\w.])(?<sign>-?)\\s?[$\u20ac\u00a3]?(?<minus>-?)(?=\\.?\\d)"
              + "(?<whole>\\d{1,3}(?:,\\d{3})++(?!\\d)|\\d*+)(?<part>\\.\\d++)?"
              + "(?<power>[eE][-+]?\\d{1,2}(?!\\w))?"
              + "(?:\\s?/\\s?(?<over>\\d++)|\\s(?<top>\\d++)/(?<below>\\d++))?(?<percent>\\s?%)?");
  private static final Pattern VARIABLE = Pattern.compile("[\\s:]*+(?:[A-Za-z]\\w*\\s?=\\s?)?");
  private static final Pattern HEDGE =
      Pattern.compile("\\s?[A-Za-z]{0,20}\\s?(?:[,;/|~]|(?:or|and|to)(?!\\w))?\\s?[-$]?\\d.*");

  /** Makes the reward. */
  public MathReasoning() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    Optional<Value> expected = expected(task.reference());
    if (expected.isEmpty()) {
      return new Abstain("the reference answer is no number");
    }
    List<Optional<Value>> answers = answers(plain(completion.text()));
    if (answers.isEmpty()) {
      return Score.of(0, "no answer");
    }
    for (Optional<Value> answer : answers) {
      if (answer.isEmpty()) {
        return Score.of(0, "not one number where the answer stands");
      }
      if (!answer.get().sameAs(answers.get(0).orElseThrow())) {
        return Score.of(0, "several answers");
      }
    }
    boolean right = answers.get(0).orElseThrow().sameAs(expected.get());
    return right ? Score.of(1, "right") : Score.of(0, "another number");
  }

  private static Optional<Value> expected(JsonNode reference) {
    if (reference.isObject()) {
      return KEYS.stream()
          .filter(reference::has)
          .findFirst()
          .flatMap(key -> expected(reference.path(key)));
    }
    String text = plain(reference.asText());
    List<Optional<Value>> answers = answers(text);
    return answers.isEmpty() ? Optional.empty() : answers.get(answers.size() - 1);
  }

  /** Returns the text without what only typesets a number. */
  private static String plain(String text) {
    String ascii =
        text.replace('\u2212', '-')
            .replaceAll("\\*\\*|\\\\[,!;: ]|\\\\\\(|\\\\\\)", "")
            .replaceAll("\\\\text\\{[^{}]*}|\\\\(?:left|right)\\b", " ")
            .replace("{,}", ",")
            .replaceAll("\\\\([%$])", "$1");
    return FRACTION.matcher(ascii).replaceAll("$1/$2");
  }

  /** Returns every answer that is marked, in the way that counts most; or the last number. */
  private static List<Optional<Value>> answers(String text) {
    List<Optional<Value>> answers = new ArrayList<>();
    for (int at = text.indexOf(HASHES); at >= 0; at = text.indexOf(HASHES, at)) {
      while (at < text.length() && text.charAt(at) == '#') {
        at++;
      }
      answers.add(numberAt(text, at));
    }
    if (answers.isEmpty()) {
      for (int at = text.indexOf(BOX); at >= 0; at = text.indexOf(BOX, at + 1)) {
        int end = text.indexOf('}', at);
        if (end < 0) {
          return List.of(Optional.empty());
        }
        answers.add(numberAt(text.substring(0, end), at + BOX.length()));
      }
    }
    if (answers.isEmpty()) {
      Matcher phrase = PHRASE.matcher(text);
      while (phrase.find()) {
        answers.add(numberAt(text, phrase.end()));
      }
    }
    if (answers.isEmpty() && LAST_NUMBER_COUNTS) {
      Matcher number = NUMBER.matcher(text);
      while (number.find()) {
        answers = List.of(Value.of(number));
      }
    }
    return answers;
  }

  /** Returns the number that stands at a place, if no other follows as a second choice. */
  private static Optional<Value> numberAt(String text, int place) {
    Matcher variable = VARIABLE.matcher(text).region(place, text.length());
    int start = variable.lookingAt() ? variable.end() : place;
    int lineEnd = text.indexOf('\n', start);
    int end = Math.min(lineEnd < 0 ? text.length() : lineEnd, start + LONGEST_ANSWER);
    String line = text.substring(start, end);
    Matcher number = NUMBER.matcher(line);
    if (!number.lookingAt() || HEDGE.matcher(line.substring(number.end())).matches()) {
      return Optional.empty();
    }
    return Value.of(number);
  }

  /** A fraction, and whether a percent sign follows it. */
  private record Value(BigDecimal above, BigDecimal below, boolean percent, boolean whole) {
    private static final int MOST_DIGITS = 200;

    static Optional<Value> of(Matcher number) {
      String part = number.group("part") == null ? "" : number.group("part");
      String digits = number.group("whole").replace(",", "") + part;
      if (digits.length() > MOST_DIGITS) {
        return Optional.empty();
      }
      String power = number.group("power") == null ? "" : number.group("power");
      BigDecimal above = new BigDecimal(digits + power);
      String over = number.group("over") == null ? number.group("below") : number.group("over");
      BigDecimal below = over == null ? BigDecimal.ONE : new BigDecimal(over);
      String top = number.group("top");
      if (top != null) {
        above = above.multiply(below).add(new BigDecimal(top));
      }
      boolean negative = !(number.group("sign") + number.group("minus")).isEmpty();
      boolean whole = part.isEmpty() && power.isEmpty() && over == null;
      boolean percent = number.group("percent") != null;
      return below.signum() == 0
          ? Optional.empty()
          : Optional.of(new Value(negative ? above.negate() : above, below, percent, whole));
    }

    boolean sameAs(Value reference) {
      return equal(above, below, reference)
          || (percent != reference.percent
              && equal(
                  percent ? above : above.movePointRight(2),
                  percent ? below.movePointRight(2) : below,
                  reference));
    }

    private static boolean equal(BigDecimal above, BigDecimal below, Value reference) {
      BigDecimal left = above.multiply(reference.below);
      BigDecimal right = reference.above.multiply(below);
      if (left.compareTo(right) == 0) {
        return true;
      }
      BigDecimal most = right.abs().multiply(BigDecimal.valueOf(TOLERANCE));
      return !reference.whole && left.subtract(right).abs().compareTo(most) <= 0;
    }
  }
}
