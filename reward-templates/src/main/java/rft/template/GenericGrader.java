package rft.template;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.FinishReason;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion whose last line has the reference: a frame with every step that a grader
 * has, to be filled in.
 *
 * <p>Pays as it stands: nothing unless the last line is the reference, give or take case,
 * punctuation and what leads up to it; then most of it for that, and the rest for being brief. The
 * parts are recorded by name, also where nothing is paid. A task without a reference is abstained
 * from: that is not the same as 0, which would teach that the answer is bad.
 *
 * <p>Does not catch an answer that is right for the wrong reason, or a last line that says more
 * than the reference before it. Put your own checks where the comments say so, and try them with
 * {@code reward test}.
 */
public final class GenericGrader implements RewardFunction {
  /** How much being right counts. */
  private static final double CORRECT = 0.8;

  /** How much being brief counts, for a right answer. */
  private static final double BRIEF = 0.2;

  /** The most words of a brief answer. */
  private static final int MOST_WORDS = 150;

  /** Makes the reward. */
  public GenericGrader() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    // 1. What is expected. Further fields of the row are the task's attributes, the conversation is
    //    task.messages(), and task.promptText() is what the user said.
    String expected = plain(task.referenceText());
    if (expected.isEmpty()) {
      return new Abstain("the task has no reference answer");
    }

    // 2. What was answered. completion.toolCalls() are the tools that were called.
    String text = completion.text().strip();
    String lastLine = plain(text.substring(text.lastIndexOf('\n') + 1));
    boolean finished = completion.finishReason() != FinishReason.LENGTH;

    // 3. One check for each part, between 0 and 1. Add yours here.
    Map<String, Double> parts = new LinkedHashMap<>();
    boolean correct = finished && (" " + lastLine).endsWith(" " + expected);
    parts.put("correct", correct ? 1.0 : 0.0);
    parts.put("brief", text.split("\\s+").length <= MOST_WORDS ? 1.0 : 0.0);

    // 4. The sum. What must not be bought with style is a gate, not a summand.
    double brief = parts.getOrDefault("brief", 0.0);
    double value = correct ? CORRECT + BRIEF * brief : 0;
    String reason = !finished ? "cut off" : correct ? "right" : "another last line";
    return new Score(value, parts, reason, 0);
  }

  /** Returns words alone, so that case and punctuation do not decide. */
  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}.+-]+", " ")
        .strip()
        .replaceAll("\\.$", "");
  }
}
