package rft.live;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run as the list shows it, in {@code /api/runs} and in the news of the topic {@code runs}.
 *
 * @param id the run's id
 * @param name what the user called it; the id if that cannot be read
 * @param status {@code running}, {@code paused}, {@code stopped}, {@code finished}, {@code failed},
 *     {@code diverged}, {@code crashed} or {@code damaged}
 * @param created when it was created, as in {@code 2026-11-24T21:30:12Z}; for a damaged run when
 *     its folder last changed
 * @param updated when its last step or event was written; null if there is none
 * @param method how it trains, for example {@code grpo}; null if the run is damaged
 * @param task what it trains on, after the file of its dataset; null if the run is damaged
 * @param reward name of the reward that counts now; null if the run is damaged
 * @param model folder of the base model without its path; null if the run is damaged
 * @param seed key of its random draws; null if the run is damaged
 * @param step last whole step; 0 before the first
 * @param steps steps it was asked for; 0 if the run is damaged
 * @param rewardMean mean reward of the last step; null if there is none
 * @param rewardFirst mean reward of the first step that has one; null if there is none
 * @param validation last validation accuracy, or validation reward where no accuracy is measured;
 *     null if there is none
 * @param validationFirst the same, measured first: of step 0, so of the base model, where there is
 * @param spark mean reward from first to last step in at most 40 values; null where it was not
 *     finite
 * @param tags what the user marked it with, sorted
 * @param owner the live process that trains it, or null
 * @param problem what is damaged, in one sentence, or null
 */
record RunLine(
    String id,
    String name,
    String status,
    String created,
    @Nullable String updated,
    @Nullable String method,
    @Nullable String task,
    @Nullable String reward,
    @Nullable String model,
    @Nullable Long seed,
    int step,
    int steps,
    @Nullable Double rewardMean,
    @Nullable Double rewardFirst,
    @Nullable Double validation,
    @Nullable Double validationFirst,
    List<@Nullable Double> spark,
    List<String> tags,
    @Nullable Owner owner,
    @Nullable String problem) {
  RunLine {
    spark = Collections.unmodifiableList(spark);
    tags = List.copyOf(tags);
  }

  /** Returns this line with other tags. */
  RunLine withTags(List<String> tags) {
    return new RunLine(
        id,
        name,
        status,
        created,
        updated,
        method,
        task,
        reward,
        model,
        seed,
        step,
        steps,
        rewardMean,
        rewardFirst,
        validation,
        validationFirst,
        spark,
        tags,
        owner,
        problem);
  }
}
