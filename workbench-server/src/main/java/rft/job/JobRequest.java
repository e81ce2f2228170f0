package rft.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training that the page asks for.
 *
 * @param name begins the run's id; null for the dataset's
 * @param model name of a base model
 * @param data name of a dataset
 * @param reward name of a reward
 * @param options by option, for example {@code --lr} to {@code 1e-3}
 */
record JobRequest(
    @Nullable String name,
    @Nullable String model,
    @Nullable String data,
    @Nullable String reward,
    @Nullable Map<String, String> options) {
  /** Returns the options that say something, in the order given. */
  Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>(options == null ? Map.of() : options);
    given.values().removeIf(value -> value == null || value.isBlank());
    return given;
  }
}
