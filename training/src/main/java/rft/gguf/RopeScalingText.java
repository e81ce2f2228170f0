package rft.gguf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds how a model stretches its rotation, as {@code rope_scaling} of {@code config.json}. */
final class RopeScalingText {
  private static final double TOLERANCE = 1e-4;

  /** {@code high_freq_factor} of every published model. */
  private static final double USUAL_HIGH = 4;

  private final Architecture architecture;

  RopeScalingText(Architecture architecture) {
    this.architecture = architecture;
  }

  /**
   * Returns the scaling; empty if there is none.
   *
   * @throws IllegalArgumentException if the file's cannot be said in a {@code config.json}
   */
  Optional<ObjectNode> find(GgufFile file) {
    if (file.names().contains(TensorNames.ROPE_FACTORS)) {
      return llama3(file.floats(TensorNames.ROPE_FACTORS));
    }
    String type = architecture.text(GgufKeys.ROPE_SCALING_TYPE).orElse("none");
    return switch (type) {
      case "none" -> Optional.empty();
      case "linear" ->
          Optional.of(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("rope_type", type)
                  .put("factor", architecture.requireNumber(GgufKeys.ROPE_SCALING_FACTOR)));
      default ->
          throw architecture.refused(
              "scales its rotation by "
                  + Refusal.shown(type)
                  + "; supported are linear and that of Llama 3");
    };
  }

  /** Two numbers of a frequency: the share of it that stays, and its inverse wave length. */
  private record Point(double share, double frequency) {}

  /** Where the ramp between divided and unchanged frequencies ends, as a config says it. */
  private record Ramp(double high, int context) {}

  /**
   * Returns the settings behind the factors of a Llama 3; empty if they change no frequency. A
   * factor is 1 for short waves and F for long ones; between them its inverse is {@code (1 - s) / F
   * + s}, with {@code s = (context / wave - low) / (high - low)}. That is a line in 1 / wave, which
   * two factors fix when low is 1, as it is in every published model; all factors are then
   * compared.
   *
   * @see <a
   *     href="https://github.com/huggingface/transformers/blob/main/src/transformers/modeling_rope_utils.py">{@code
   *     _compute_llama3_parameters} in transformers</a>
   */
  private Optional<ObjectNode> llama3(float[] factors) {
    if (factors.length != architecture.headDim() / 2) {
      throw unknown();
    }
    double factor = 1;
    for (float each : factors) {
      factor = Math.max(factor, each);
    }
    if (factor == 1) {
      return Optional.empty();
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < factors.length; i++) {
      points.add(new Point((1 / factors[i] - 1 / factor) / (1 - 1 / factor), frequency(i)));
    }
    Ramp ramp = ramp(points);
    for (int i = 0; i < factors.length; i++) {
      double share = (ramp.context * frequency(i) - 1) / (ramp.high - 1);
      double inverse = 1 / factor + Math.max(0, Math.min(1, share)) * (1 - 1 / factor);
      if (!(Math.abs(factors[i] * inverse - 1) < TOLERANCE)) {
        throw unknown();
      }
    }
    return Optional.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("rope_type", "llama3")
            .put("factor", factor)
            .put("low_freq_factor", 1.0)
            .put("high_freq_factor", ramp.high)
            .put("original_max_position_embeddings", ramp.context));
  }

  private static Ramp ramp(List<Point> points) {
    List<Point> between =
        points.stream().filter(p -> p.share > TOLERANCE && p.share < 1 - TOLERANCE).toList();
    if (between.size() < 2) {
      return oneOfManyRamps(points, between);
    }
    Point first = between.get(0);
    Point last = between.get(between.size() - 1);
    double slope = (first.share - last.share) / (first.frequency - last.frequency);
    double offset = slope * first.frequency - first.share;
    double high = Math.round((1 + 1 / offset) * 1000) / 1000.0;
    return new Ramp(high, (int) Math.round(slope * (high - 1)));
  }

  /**
   * Returns a ramp that gives the same frequencies as the one that was meant: narrow heads have so
   * few that at most one lies on it. Its upper end is the usual one unless that lies too high for
   * the nearest frequencies beside the ramp.
   */
  private static Ramp oneOfManyRamps(List<Point> points, List<Point> between) {
    double divided = 0;
    double kept = Double.POSITIVE_INFINITY;
    for (Point point : points) {
      if (point.share <= TOLERANCE) {
        divided = Math.max(divided, point.frequency);
      } else if (point.share >= 1 - TOLERANCE) {
        kept = Math.min(kept, point.frequency);
      }
    }
    if (between.isEmpty()) {
      int context = (int) (1 / divided);
      return new Ramp(Math.min(USUAL_HIGH, context * kept), context);
    }
    Point on = between.get(0);
    double high = Math.min(USUAL_HIGH, 1 + (on.frequency / divided - 1) / on.share);
    double ratio = kept / on.frequency;
    if (ratio * on.share < 1) {
      high = Math.min(high, 1 + (ratio - 1) / (1 - ratio * on.share));
    }
    return new Ramp(high, (int) Math.round((on.share * (high - 1) + 1) / on.frequency));
  }

  /** Returns one divided by the wave length, in tokens, of a pair of values. */
  private double frequency(int pair) {
    double theta = architecture.number(GgufKeys.ROPE_THETA).orElse(ConfigText.DEFAULT_THETA);
    return Math.pow(theta, -2.0 * pair / architecture.headDim()) / (2 * Math.PI);
  }

  private IllegalArgumentException unknown() {
    return architecture.refused(
        "scales its rotation by a tensor "
            + TensorNames.ROPE_FACTORS
            + " that is not of the kind of Llama 3, the only one known");
  }
}
