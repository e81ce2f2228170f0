package rft.policy;

import java.util.List;

/**
 * Size and place of a LoRA adapter.
 *
 * @param rank inner dimension; at least 1
 * @param alpha numerator of the scale {@code alpha / rank}
 * @param targets short names of the projections that get one, for example {@code q_proj}
 */
public record AdapterShape(int rank, double alpha, List<String> targets) {
  /** Every projection of a Llama layer. */
  public static final List<String> ALL_TARGETS =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

  public AdapterShape {
    if (rank < 1) {
      throw new IllegalArgumentException("adapter rank (" + rank + ") must be at least 1");
    }
    if (!(alpha > 0) || Double.isInfinite(alpha)) {
      throw new IllegalArgumentException("adapter alpha (" + alpha + ") must be a positive number");
    }
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("an adapter needs at least one target of " + ALL_TARGETS);
    }
    targets = List.copyOf(targets);
  }

  double scale() {
    return alpha / rank;
  }
}
