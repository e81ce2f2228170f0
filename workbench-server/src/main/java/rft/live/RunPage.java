package rft.live;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the page of one run shows but its series: the answer of {@code /api/runs/ID}. In JSON
 * the fields of {@link RunLine} stand beside the others. A damaged run has a {@code problem}, and
 * of the rest what could be read.
 *
 * @param run what the list says of it
 * @param sequence position of this state in the topic {@code run:ID}; null for a damaged run, which
 *     has no news
 * @param setup what it was started with; null if that cannot be read
 * @param rewards source of the reward by version, the first one first
 * @param check source of the check of validation; null where that is the reward itself
 * @param events what happened, oldest first
 * @param checkpoints ascending
 * @param rolloutSteps steps that have rollouts, ascending
 * @param last latest value by key; null where it is not finite
 * @param first earliest value by key; null where it is not finite
 * @param series keys of all metrics, sorted
 * @param log last lines of the log of its process; empty if there is none
 * @param hasReport true if a report was written
 */
record RunPage(
    @JsonUnwrapped RunLine run,
    @Nullable String sequence,
    @Nullable RunSetup setup,
    List<RewardSource> rewards,
    @Nullable RewardSource check,
    List<EventLine> events,
    List<CheckpointLine> checkpoints,
    List<Integer> rolloutSteps,
    Map<String, @Nullable Double> last,
    Map<String, @Nullable Double> first,
    List<String> series,
    List<String> log,
    boolean hasReport) {

  /**
   * The source of one version of a reward.
   *
   * @param version counted from 1
   * @param step first step that was judged by it
   * @param name what it is called
   * @param sha256 SHA-256 of the reward unit
   * @param language {@code java} or another; null if the file cannot be read
   * @param source its text; null if the file cannot be read
   * @param problem why it cannot be read, or null
   */
  record RewardSource(
      int version,
      int step,
      String name,
      String sha256,
      @Nullable String language,
      @Nullable String source,
      @Nullable String problem) {}

  /**
   * Something that happened.
   *
   * @param sequence position in the run's history; rises
   * @param at when, as in {@code 2026-11-24T21:30:12Z}
   * @param step last step that was complete then
   * @param kind for example {@code started}, {@code step_skipped}, {@code alarm}
   * @param detail one sentence; may be empty
   */
  record EventLine(long sequence, String at, int step, String kind, String detail) {}

  /**
   * One checkpoint.
   *
   * @param step its step
   * @param at when it was written
   * @param bytes what it takes on the disk
   * @param best true for the one with the best validation score
   */
  record CheckpointLine(int step, String at, long bytes, boolean best) {}
}
