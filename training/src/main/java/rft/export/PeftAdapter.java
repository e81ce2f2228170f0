package rft.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.policy.AdapterShape;

/**
 * An adapter as it was read from a PEFT folder.
 *
 * @param state values by PEFT name, row-major: A is (rank, inputs), B is (outputs, rank)
 * @param base name or path of the model it was trained on, as the folder states it; null if it does
 *     not
 */
public record PeftAdapter(AdapterShape shape, Map<String, float[]> state, @Nullable String base) {
  /** Makes an adapter. */
  public PeftAdapter {
    state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
  }
}
