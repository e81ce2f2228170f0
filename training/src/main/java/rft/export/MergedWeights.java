package rft.export;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.policy.AdapterShape;
import rft.policy.ModelConfig;
import rft.policy.SafetensorsWriter;
import rft.policy.Shapes;

/**
 * Weights with an adapter added into them, {@code W + (alpha / rank) B A}, made one by one as they
 * are asked for. What the adapter leaves alone is the array of the base.
 *
 * @see <a href="https://arxiv.org/abs/2106.09685">LoRA</a>, section 4.1
 */
public final class MergedWeights implements SafetensorsWriter.Values {
  private final SafetensorsWriter.Values base;
  private final Map<String, AdapterTensors.Pair> pairs = new LinkedHashMap<>();
  private final Map<String, float[]> adapter;
  private final float scale;

  /**
   * Merges.
   *
   * @param base values by Hugging Face name
   * @param adapter values by PEFT name
   * @throws IllegalArgumentException if the adapter does not fit the shape and the model, naming
   *     the tensor
   */
  public MergedWeights(
      ModelConfig config,
      SafetensorsWriter.Values base,
      AdapterShape shape,
      Map<String, float[]> adapter) {
    TensorValues.check("adapter", AdapterTensors.shapes(config, shape), adapter);
    this.base = base;
    this.adapter = Map.copyOf(adapter);
    this.scale = (float) (shape.alpha() / shape.rank());
    AdapterTensors.pairs(config, shape).forEach(pair -> pairs.put(pair.weight(), pair));
  }

  @Override
  public float @Nullable [] of(String name) {
    float[] weight = base.of(name);
    AdapterTensors.Pair pair = pairs.get(name);
    if (weight == null || pair == null) {
      return weight;
    }
    int[] shape = {pair.outputs(), pair.inputs()};
    if (weight.length != Shapes.count(shape)) {
      throw new IllegalArgumentException(
          "base weights: %d values for %s, which has the shape %s"
              .formatted(weight.length, name, Shapes.text(shape)));
    }
    return corrected(
        weight,
        TensorValues.get(adapter, pair.down()),
        TensorValues.get(adapter, pair.up()),
        pair.inputs());
  }

  private float[] corrected(float[] weight, float[] down, float[] up, int inputs) {
    int outputs = weight.length / inputs;
    int rank = down.length / inputs;
    float[] sum = new float[weight.length]; // (outputs, inputs)
    float[] row = new float[inputs];
    for (int output = 0; output < outputs; output++) {
      Arrays.fill(row, 0);
      for (int r = 0; r < rank; r++) {
        float factor = up[output * rank + r];
        for (int input = 0; input < inputs; input++) {
          row[input] += factor * down[r * inputs + input];
        }
      }
      for (int input = 0; input < inputs; input++) {
        int at = output * inputs + input;
        sum[at] = weight[at] + scale * row[input];
      }
    }
    return sum;
  }
}
