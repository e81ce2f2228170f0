package rft.policy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A language model with what is being trained of it: base weights, and either an adapter or all
 * weights.
 *
 * <p>The base policy is the same weights with the adapter off; there is no second copy. Only full
 * fine-tuning keeps a frozen copy, because it overwrites the original. Sampling and scoring may run
 * on several threads at once; changing what is trained, or its values, may not overlap with them.
 */
public final class Policy implements AutoCloseable {
  private final Decoder decoder;
  private @Nullable Adapter adapter;
  private @Nullable List<NDArray> frozen;
  private Map<String, NDArray> trainable = Map.of();

  private Policy(Decoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Returns the model of a Hugging Face folder with nothing to train yet.
   *
   * @param folder holds {@code config.json} and safetensors
   * @param device {@code cpu} or {@code cuda:N}
   * @throws IllegalArgumentException if the folder is no supported model, or its tensors disagree
   *     with its config
   */
  public static Policy load(Path folder, String device) {
    ModelConfig config = ModelConfig.read(folder);
    try (ModelWeights weights = ModelWeights.open(folder)) {
      config.check(weights);
      return new Policy(
          Decoder.load(config, (name, shape) -> weights.floats(name), Devices.parse(device)));
    }
  }

  /** Returns a model with random weights: normal with deviation 0.02, norms 1. */
  public static Policy random(ModelConfig config, long seed, String device) {
    return new Policy(
        Decoder.load(config, new RandomWeights(seed, config.layers()), Devices.parse(device)));
  }

  /** Adds a fresh adapter, the only thing trained from now on. */
  public void attachAdapter(AdapterShape shape, long seed) {
    requireUntrained();
    Adapter created = Adapter.create(decoder, shape, seed);
    adapter = created;
    trainable = created.trainable();
  }

  /**
   * Trains every weight from now on.
   *
   * @param keepBase whether to keep a frozen copy, so that {@link PolicyView#BASE} stays available
   */
  public void trainAll(boolean keepBase) {
    requireUntrained();
    if (keepBase) {
      frozen = decoder.frozenCopy();
    }
    decoder.byName().values().forEach(array -> array.setRequiresGradient(true));
    trainable = new LinkedHashMap<>(decoder.byName());
  }

  private void requireUntrained() {
    if (!trainable.isEmpty()) {
      throw new IllegalStateException(
          "this policy already has something to train: load the model again");
    }
  }

  /** Returns the shape of the model. */
  public ModelConfig config() {
    return decoder.config();
  }

  /**
   * Returns what is trained, by name, in a fixed order: PEFT names for an adapter, Hugging Face
   * names otherwise.
   */
  public Map<String, NDArray> trainable() {
    return trainable;
  }

  /** Returns the program that computes with this policy's arrays. */
  public TorchProgram program() {
    return decoder.program();
  }

  /** Returns a copy of the trained values by name: (rows x columns) float32, row-major. */
  public Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    trainable.forEach((name, array) -> state.put(name, array.toFloatArray()));
    return state;
  }

  /** Returns the shape of every trained array by name, in the same order as {@link #state}. */
  public Map<String, int[]> shapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    trainable.forEach(
        (name, array) ->
            shapes.put(
                name,
                Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray()));
    return shapes;
  }

  /**
   * Returns a copy of every base weight by name; in full fine-tuning these are the trained ones.
   */
  public Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    decoder.byName().forEach((name, array) -> weights.put(name, array.toFloatArray()));
    return weights;
  }

  /**
   * Replaces the trained values, all of them or, when it throws, none.
   *
   * @throws IllegalArgumentException if a name is missing or unknown, or a length differs
   */
  public void restore(Map<String, float[]> state) {
    List<Runnable> changes = new ArrayList<>();
    trainable.forEach(
        (name, array) -> {
          float[] values = fitting(name, array, state.get(name));
          changes.add(() -> program().assign(array, values));
        });
    for (String name : state.keySet()) {
      if (!trainable.containsKey(name)) {
        throw new IllegalArgumentException(
            "the saved state has " + name + ", which this policy does not train");
      }
    }
    changes.forEach(Runnable::run);
  }

  private static float[] fitting(String name, NDArray array, float @Nullable [] values) {
    if (values == null || values.length != array.size()) {
      throw new IllegalArgumentException(
          "the saved state has "
              + (values == null ? "no" : values.length + " values for")
              + " "
              + name
              + ", this policy needs "
              + array.size());
    }
    return values;
  }

  /** Returns whether {@link PolicyView#BASE} can be asked for. */
  public boolean hasBase() {
    return adapter != null || frozen != null || trainable.isEmpty();
  }

  /** Returns weights and adapter arrays of one view, as the program's last two list arguments. */
  NDList arguments(PolicyView view) {
    if (view == PolicyView.BASE && frozen != null) {
      return NativeScope.list(decoder.ropeTables(), frozen, decoder.noAdapter());
    }
    if (view == PolicyView.BASE && !hasBase()) {
      throw new IllegalStateException(
          "full fine-tuning without a frozen copy has no base policy any more");
    }
    boolean adapted = view == PolicyView.TUNED && adapter != null;
    Object adapterArrays = adapted ? adapterArrays() : decoder.noAdapter();
    return NativeScope.list(decoder.ropeTables(), decoder.weights(), adapterArrays);
  }

  private List<NDArray> adapterArrays() {
    return adapter == null ? List.of() : adapter.arrays();
  }

  /**
   * Returns the arguments of one view with the adapter added into the weights, for sampling: half
   * the operations of a decode step at the price of one more copy of the adapted projections while
   * the scope is open.
   */
  NDList merged(PolicyView view, NativeScope scope) {
    if (view == PolicyView.BASE || adapter == null) {
      return arguments(view);
    }
    NDArray owner = scope.length("owner", 0);
    NDList merged =
        scope.call(
            program(), "merge", false, NativeScope.list(owner, decoder.weights(), adapterArrays()));
    merged.forEach(array -> NativeScope.named(array, "w[]"));
    return NativeScope.list(decoder.ropeTables(), merged, decoder.noAdapter());
  }

  /** Returns a scope for native work with this policy. */
  NativeScope scope() {
    return new NativeScope(decoder.manager());
  }

  /**
   * Returns an owner for long-lived arrays on this policy's device; its arrays are freed when it is
   * closed.
   */
  public NDManager newManager() {
    return decoder.manager().newSubManager();
  }

  /** Returns one line that names engine, version and device. */
  public String engine() {
    Engine engine = Engine.getEngine("PyTorch");
    Device device = decoder.manager().getDevice();
    return "PyTorch " + engine.getVersion() + " on " + device;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
