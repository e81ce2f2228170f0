package rft.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One line of the index of rollouts, without text.
 *
 * @param step step it was sampled for
 * @param position position of its task within the step
 * @param index position within its group
 * @param taskId the task's id
 * @param split split of the dataset the task is from, or null
 * @param reward the reward that entered the statistics, or NaN when none did
 * @param advantage the advantage that entered the loss
 * @param length completion tokens
 * @param outcome {@code score}, {@code abstain}, or the kind of the failure in lower case
 * @param finishReason why sampling ended
 */
public record RolloutRow(
    int step,
    int position,
    int index,
    String taskId,
    @Nullable String split,
    double reward,
    double advantage,
    int length,
    String outcome,
    String finishReason) {
  static RolloutRow read(ResultSet row) throws SQLException {
    return new RolloutRow(
        row.getInt("step"),
        row.getInt("position"),
        row.getInt("sample"),
        row.getString("task"),
        row.getString("split"),
        StoredNumber.readOrNaN(row, "reward"),
        StoredNumber.readOrNaN(row, "advantage"),
        row.getInt("tokens"),
        row.getString("outcome"),
        row.getString("finish"));
  }
}
