package rft.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check as the page shows it.
 *
 * @param state {@code running}, {@code done} or {@code failed}
 * @param says what it does now; null when it ended
 * @param done how far that is
 * @param total the whole; 0 when unknown
 * @param seconds since it began, until it ended or now
 * @param exitCode null while it runs
 * @param result the value that the command prints with {@code --json}; null before
 * @param error what went wrong, with the places of a source that does not compile; null for nothing
 * @param said sentences that it said on its way
 * @param measured what two steps of training took; null for other kinds and before the end
 */
record CheckView(
    String id,
    String kind,
    String state,
    @Nullable String says,
    long done,
    long total,
    double seconds,
    @Nullable Integer exitCode,
    @Nullable JsonNode result,
    @Nullable JsonNode error,
    List<String> said,
    @Nullable Measured measured) {
  /**
   * What two steps of training took.
   *
   * @param stepSeconds wall time of the second, which is like those to come
   * @param startSeconds wall time of everything before the first
   * @param tokensPerSecond completion tokens of the second step
   * @param peakBytes most memory of its process; null where the system does not say
   * @param mixed share of the groups of both steps that teach
   */
  record Measured(
      double stepSeconds,
      double startSeconds,
      @Nullable Double tokensPerSecond,
      @Nullable Long peakBytes,
      @Nullable Double mixed) {}
}
