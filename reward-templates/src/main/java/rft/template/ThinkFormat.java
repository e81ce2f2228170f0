package rft.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion that thinks in {@code <think>} and then answers in {@code <answer>}.
 *
 * <p>Pays a little for the format, and 1 if the answer is the text of the reference, too; a row
 * without a reference gets 1 for the format. Each tag must stand once, in order, with nothing
 * outside of them but white space, and with words in both.
 *
 * <p>Does not catch empty talk between the tags: the thoughts are not read. Without a reference it
 * looks at the format alone, and any answer earns full marks.
 */
public final class ThinkFormat implements RewardFunction {
  /** What the right format with a wrong answer is worth, 0 to 1. */
  private static final double FORMAT = 0.1;

  /** The fewest words of the thoughts. */
  private static final int MIN_WORDS = 1;

  /**
   * Whether the chat template has opened {@code <think>}, so that the completion only closes it.
   */
  private static final boolean OPENED = false;

  private static final Pattern SHAPE =
      Pattern.compile(
          "\\s*+"
              + (OPENED ? "" : "<think>")
              + "(?<thoughts>(?:[^<]++|<(?!/?think>|/?answer>))*+)</think>\\s*+"
              + "<answer>(?<answer>(?:[^<]++|<(?!/?think>|/?answer>))*+)</answer>\\s*+");

  /** Makes the reward. */
  public ThinkFormat() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    Matcher shape = SHAPE.matcher(completion.text());
    boolean fits =
        shape.matches()
            && !shape.group("answer").isBlank()
            && words(shape.group("thoughts")) >= MIN_WORDS;
    String expected = task.referenceText().strip();
    boolean right = fits && (expected.isEmpty() || shape.group("answer").strip().equals(expected));
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("format", fits ? 1.0 : 0.0);
    if (!expected.isEmpty()) {
      parts.put("correct", right ? 1.0 : 0.0);
    }
    String reason = right ? "right" : fits ? "another answer" : "another format";
    return new Score(right ? 1 : fits ? FORMAT : 0, parts, reason, 0);
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }
}
