package rft.command;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two checkpoints on the same tasks with the same draws: as long as they agree on a token they see
 * the same random numbers, so that the first token that differs is what training changed.
 *
 * @param left the first, as {@code RUN@STEP}
 * @param right the second
 * @param reward what judges both
 * @param asked how many tasks were asked; those whose rewards differ most are shown
 * @param samples answers per task
 * @param seed key of the draws
 * @param leftMean mean reward over all tasks asked
 * @param rightMean mean reward over all tasks asked
 * @param colour what the colour of tokens means
 * @param tasks the tasks shown
 */
public record DiffInspection(
    String left,
    String right,
    String reward,
    int asked,
    int samples,
    long seed,
    double leftMean,
    double rightMean,
    TokenColour colour,
    List<TaskPair> tasks)
    implements Inspection {
  public DiffInspection {
    tasks = List.copyOf(tasks);
  }

  /**
   * One task.
   *
   * @param taskId the task
   * @param prompt the user's text
   * @param reference the reference answer; null if there is none
   * @param pairs an answer of each side, by draw
   */
  public record TaskPair(
      String taskId, String prompt, @Nullable String reference, List<Pair> pairs) {
    public TaskPair {
      pairs = List.copyOf(pairs);
    }
  }

  /**
   * The answers of both sides to the same draw.
   *
   * @param common tokens they begin with alike
   * @param left of the first side
   * @param right of the second side
   */
  public record Pair(int common, AnswerSight left, AnswerSight right) {
    /** Returns whether both are the same to the last token. */
    public boolean same() {
      return common == left.length() && common == right.length();
    }

    static Pair of(AnswerSight left, AnswerSight right) {
      int most = Math.min(left.tokens().size(), right.tokens().size());
      int common = 0;
      while (common < most && alike(left.tokens().get(common), right.tokens().get(common))) {
        common++;
      }
      return new Pair(common, left, right);
    }

    private static boolean alike(TokenSight left, TokenSight right) {
      return left.text().equals(right.text()) && left.mark().equals(right.mark());
    }
  }

  @Override
  public Optional<String> text() {
    return Optional.of(PairText.of(this));
  }
}
