package rft.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * How a model stretches its rotary embedding to contexts longer than it was first trained for.
 *
 * @param kind how frequencies change
 * @param factor how many times longer the context became; 1 or more
 * @param lowFrequency turns over the original context below which a frequency is divided by the
 *     factor; only for {@link Kind#LLAMA3}
 * @param highFrequency turns above which a frequency stays; only for {@link Kind#LLAMA3}
 * @param originalPositions the context of the first training; only for {@link Kind#LLAMA3}
 */
public record RopeScaling(
    Kind kind, double factor, double lowFrequency, double highFrequency, int originalPositions) {

  /** The kinds that can be computed, by their names in {@code rope_type}. */
  public enum Kind {
    /** Every frequency is divided by the factor. */
    LINEAR,
    /** Slow frequencies are divided by the factor, fast ones stay, with a ramp between. */
    LLAMA3
  }

  public RopeScaling {
    if (!(factor >= 1) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("rope factor (" + factor + ") must be at least 1");
    }
    boolean llama3 = kind == Kind.LLAMA3;
    if (llama3 && !(lowFrequency > 0 && highFrequency > lowFrequency)) {
      throw new IllegalArgumentException(
          "rope low_freq_factor (%s) must be positive and below high_freq_factor (%s)"
              .formatted(lowFrequency, highFrequency));
    }
    if (llama3 && originalPositions < 1) {
      throw new IllegalArgumentException(
          "rope original_max_position_embeddings (" + originalPositions + ") must be at least 1");
    }
  }

  /** Returns a scaling that divides every frequency. */
  public static RopeScaling linear(double factor) {
    return new RopeScaling(Kind.LINEAR, factor, 0, 0, 0);
  }

  /** Returns the scaling of Llama 3.1 and later. */
  public static RopeScaling llama3(
      double factor, double lowFrequency, double highFrequency, int originalPositions) {
    return new RopeScaling(Kind.LLAMA3, factor, lowFrequency, highFrequency, originalPositions);
  }

  /**
   * Returns the scaled frequency, in radians per position.
   *
   * @see <a href="https://arxiv.org/abs/2407.21783">The Llama 3 Herd of Models</a>
   */
  public double scaled(double frequency) {
    if (kind == Kind.LINEAR) {
      return frequency / factor;
    }
    double turns = originalPositions * frequency / (2 * Math.PI);
    double kept = (turns - lowFrequency) / (highFrequency - lowFrequency);
    double share = Math.min(1, Math.max(0, kept));
    return (1 - share) * frequency / factor + share * frequency;
  }

  /** Returns the settings as {@code rope_scaling} of a {@code config.json} has them. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rope_type", kind.name().toLowerCase(Locale.ROOT)).put("factor", factor);
    if (kind == Kind.LLAMA3) {
      json.put("low_freq_factor", lowFrequency)
          .put("high_freq_factor", highFrequency)
          .put("original_max_position_embeddings", originalPositions);
    }
    return json;
  }
}
