package rft.template;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion that a regular expression matches.
 *
 * <p>Pays 1 for a match, else 0. The expression is the option, or where that is empty the row's
 * {@code pattern}, or else its reference, in the syntax of {@code java.util.regex}. White space at
 * both ends of the completion is set aside. An expression that takes too many steps is a failure,
 * not a hung run; a task without any is abstained from.
 *
 * <p>Does not catch nonsense of the right form: an expression knows no meaning. Where the whole
 * text need not match, it does not catch what else the completion says, several answers included.
 */
public final class RegexMatch implements RewardFunction {
  /** The expression for all tasks; empty to take each task's own. */
  private static final String PATTERN = "";

  /** Whether the whole completion must match; false lets it stand anywhere. */
  private static final boolean WHOLE = true;

  /** Flags of the expression, for example {@code Pattern.CASE_INSENSITIVE}. */
  private static final int FLAGS = Pattern.DOTALL;

  /** Letters that the expression may look at, again and again, before it is given up. */
  private static final long MOST_STEPS = 20_000_000;

  /** Makes the reward. */
  public RegexMatch() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    String own = task.attributes().path("pattern").asText();
    String pattern = !PATTERN.isEmpty() ? PATTERN : !own.isEmpty() ? own : task.referenceText();
    if (pattern.isEmpty()) {
      return new Abstain("the row has no pattern");
    }
    try {
      Pattern compiled = Pattern.compile(pattern, FLAGS);
      CharSequence text = new Counted(completion.text().strip(), new AtomicLong(MOST_STEPS));
      boolean matches = WHOLE ? compiled.matcher(text).matches() : compiled.matcher(text).find();
      return Score.of(matches ? 1 : 0);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("the pattern is not valid: " + e.getDescription(), e);
    } catch (TooManySteps | StackOverflowError e) {
      return new Failure(
          Failure.Kind.TIMEOUT, "the pattern takes too many steps on this text: make it simpler");
    }
  }

  /** A text that counts how often it is looked at. */
  private record Counted(String text, AtomicLong left) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (left.getAndDecrement() <= 0) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.substring(start, end), left);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
