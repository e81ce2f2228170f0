package rft.playground;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.loop.Evaluation;
import rft.reward.Verdict;
import rft.run.VerdictJson;

/**
 * One prompt with the answers of two models.
 *
 * @param row its place among the rows asked, from 0
 * @param taskId of the dataset
 * @param prompt the user's text
 * @param reference what the reward checks against; empty if there is none
 * @param base answers of the first, by draw
 * @param tuned answers of the second, by draw
 * @param baseReward mean over the answers that have a reward; null if none has
 * @param tunedReward the same
 * @param outcome {@code gained}, {@code lost} or {@code same}, by the mean reward
 */
record PairedRow(
    int row,
    String taskId,
    String prompt,
    String reference,
    List<Answer> base,
    List<Answer> tuned,
    @Nullable Double baseReward,
    @Nullable Double tunedReward,
    String outcome) {
  private static final double ROUNDING = 1e-9;

  /** An answer with what the reward says of it. */
  record Answer(String text, boolean cut, JsonNode verdict) {}

  /** What a model answered to a task, and what the reward says of it. */
  record Side(List<ModelAnswer> answers, List<Verdict> verdicts) {
    Evaluation.TaskResult result(Task task) {
      return new Evaluation.TaskResult(
          task.id(),
          verdicts.stream().map(verdict -> verdict.reward().orElse(Double.NaN)).toList(),
          answers.stream().map(ModelAnswer::text).toList());
    }

    private List<Answer> shown() {
      return java.util.stream.IntStream.range(0, answers.size())
          .mapToObj(
              i ->
                  new Answer(
                      answers.get(i).text(),
                      answers.get(i).isCut(),
                      VerdictJson.write(verdicts.get(i))))
          .toList();
    }
  }

  static PairedRow of(int row, Task task, Side base, Side tuned) {
    double before = base.result(task).meanReward();
    double after = tuned.result(task).meanReward();
    String outcome =
        after > before + ROUNDING ? "gained" : after < before - ROUNDING ? "lost" : "same";
    return new PairedRow(
        row,
        task.id(),
        task.promptText(),
        task.referenceText(),
        base.shown(),
        tuned.shown(),
        finite(before),
        finite(after),
        outcome);
  }

  static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
