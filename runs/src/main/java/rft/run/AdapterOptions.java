package rft.run;

import java.util.HashSet;
import java.util.List;

/**
 * Which weights are trained.
 *
 * @param full true trains every weight of the model; rank, alpha and targets are then 0 and empty
 * @param rank rank of the low-rank update
 * @param alpha the update is scaled by alpha / rank
 * @param targets names of the projections that get an update, for example {@code q_proj}
 */
public record AdapterOptions(boolean full, int rank, double alpha, List<String> targets) {
  private static final List<String> PROJECTIONS =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

  public AdapterOptions {
    targets = List.copyOf(targets);
    if (full) {
      if (rank != 0 || alpha != 0 || !targets.isEmpty()) {
        throw new IllegalArgumentException(
            "full tuning has no adapter: leave out rank, alpha and targets, or train an adapter");
      }
    } else {
      Bounds.atLeast("rank", rank, 1, "an adapter of rank 0 holds nothing");
      Bounds.positive("alpha", alpha, 1e6, "the adapter would have no effect");
      checkTargets(targets);
    }
  }

  private static void checkTargets(List<String> targets) {
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(
          "targets is empty: name the projections that get an adapter, for example q_proj,v_proj");
    }
    for (String target : targets) {
      Bounds.text("a target", target, "name a projection, for example q_proj");
    }
    if (new HashSet<>(targets).size() < targets.size()) {
      throw new IllegalArgumentException("targets (" + targets + ") names a projection twice");
    }
  }

  /** Returns an adapter of rank 8 and alpha 16 on every projection. */
  public static AdapterOptions standard() {
    return lora(8, 16);
  }

  /** Returns an adapter on every projection of attention and feed-forward. */
  public static AdapterOptions lora(int rank, double alpha) {
    return new AdapterOptions(false, rank, alpha, PROJECTIONS);
  }

  /** Returns tuning of every weight. */
  public static AdapterOptions fullTuning() {
    return new AdapterOptions(true, 0, 0, List.of());
  }
}
