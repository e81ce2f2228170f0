package rft.job;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as the page shows it.
 *
 * @param place in the queue of its device, from 1; null when it does not wait
 * @param started when its latest process was started; null before
 * @param pid of its process; null when it does not run
 * @param ending whether its run has paused or ended and its process is about to
 * @param step steps done
 * @param steps steps in all; 0 before they are known
 * @param readings what it measured last, by name; those that are not finite are null
 * @param says what its process does, for example {@code train}; null when it does not run
 * @param exitCode of its latest process; null while it runs and where nobody knows
 * @param problem what went wrong in one sentence, or null
 * @param lines the last lines of its log, the oldest first
 * @param actions what can be asked of it now: {@code pause}, {@code resume}, {@code cancel}, {@code
 *     kill}, {@code move}, {@code remove}
 */
record JobView(
    String id,
    String name,
    String kind,
    JobState state,
    String model,
    String data,
    String reward,
    String device,
    String command,
    String created,
    @Nullable Integer place,
    int attempts,
    @Nullable String started,
    @Nullable Long pid,
    @Nullable String run,
    Job.@Nullable Wish asked,
    boolean ending,
    long step,
    long steps,
    Map<String, @Nullable Double> readings,
    @Nullable String says,
    @Nullable Integer exitCode,
    @Nullable String problem,
    List<String> lines,
    List<String> actions) {}
