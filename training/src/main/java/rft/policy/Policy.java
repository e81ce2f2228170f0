package rft.policy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private Decoder decoder;
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
    return load(folder, device, Precision.F32, 1);
  }

  /**
   * Returns the model of a folder with nothing to train yet.
   *
   * @param folder holds {@code config.json} and the weights
   * @param device {@code cpu} or {@code cuda:N}
   * @param precision of the frozen weights
   * @param threads that compute
   * @throws IllegalArgumentException if the folder is no supported model, its tensors disagree with
   *     its config, or the device lacks the precision
   */
  public static Policy load(Path folder, String device, Precision precision, int threads) {
    Device place = Devices.parse(device);
    if (precision == Precision.F16 && !place.isGpu()) {
      throw new IllegalArgumentException(
          "precision f16 is for GPUs, and the device is " + device + ": use bf16 or f32");
    }
    ModelConfig config = ModelConfig.read(folder);
    try (ModelWeights weights = ModelWeights.open(folder)) {
      config.check(weights);
      Decoder.Form form = form(config, precision, threads);
      return new Policy(Decoder.load(form, (name, shape) -> weights.finite(name), place));
    }
  }

  private static Decoder.Form form(ModelConfig config, Precision precision, int threads) {
    Layout layout = Layout.of(config, precision);
    return new Decoder.Form(config, layout, precision, layout == Layout.FUSED ? threads : 1);
  }

  /** Returns a model with random weights: normal with deviation 0.02, norms 1. */
  public static Policy random(ModelConfig config, long seed, String device) {
    return random(config, seed, device, Precision.F32, 1);
  }

  /** Returns a model with random weights, held and computed as {@link #load} says. */
  public static Policy random(
      ModelConfig config, long seed, String device, Precision precision, int threads) {
    RandomWeights weights = new RandomWeights(seed, config.layers());
    return of(form(config, precision, threads), weights, device);
  }

  static Policy of(Decoder.Form form, Decoder.WeightSource weights, String device) {
    return new Policy(Decoder.load(form, weights, Devices.parse(device)));
  }

  /** Adds a fresh adapter, the only thing trained from now on. */
  public void attachAdapter(AdapterShape shape, long seed) {
    requireUntrained();
    Adapter created = Adapter.create(decoder, shape, seed);
    adapter = created;
    trainable = created.trainable();
  }

  /**
   * Trains every weight from now on, in float32 whatever the precision was.
   *
   * @param keepBase whether to keep a frozen copy, so that {@link PolicyView#BASE} stays available
   */
  public void trainAll(boolean keepBase) {
    requireUntrained();
    if (decoder.form().layout() == Layout.FUSED) {
      replaceDecoder(new Decoder.Form(config(), Layout.PLAIN, Precision.F32, threads()));
    }
    if (keepBase) {
      frozen = decoder.frozenCopy();
    }
    decoder.byName().values().forEach(array -> array.setRequiresGradient(true));
    trainable = new LinkedHashMap<>(decoder.byName());
  }

  private void replaceDecoder(Decoder.Form form) {
    try (Decoder before = decoder) {
      Device device = before.manager().getDevice();
      decoder = Decoder.load(form, (name, shape) -> before.floats(name), device);
    }
  }

  /** Returns how the frozen weights are held. */
  public Precision precision() {
    return decoder.form().precision();
  }

  /**
   * Returns the threads that one operation uses: 1 where parts of a batch are computed side by side
   * instead.
   */
  public int threads() {
    return decoder.form().threads();
  }

  /** Returns whether projections of the same input are computed in one. */
  boolean isFused() {
    return decoder.form().layout() == Layout.FUSED;
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

  /** Returns that program for scoring, which is done in parts side by side. */
  TorchProgram scoringProgram() {
    return decoder.scoringProgram();
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
    trainable.forEach((name, array) -> shapes.put(name, Shapes.of(array)));
    return shapes;
  }

  /**
   * Returns a copy of every base weight by name; in full fine-tuning these are the trained ones.
   */
  public Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    config().tensorShapes().keySet().forEach(name -> weights.put(name, decoder.floats(name)));
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
          float[] values = fitting(name, Shapes.of(array), state.get(name));
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

  static float[] fitting(String name, int[] shape, float @Nullable [] values) {
    if (values == null || values.length != Shapes.count(shape)) {
      throw new IllegalArgumentException(
          "the saved state has "
              + (values == null ? "no" : values.length + " values for")
              + " "
              + name
              + ", this policy needs "
              + Shapes.count(shape));
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

  /** Returns the arguments of one view as the program samples with them. */
  NDList sampling(PolicyView view, NativeScope scope) {
    if (view == PolicyView.TUNED && adapter != null) {
      return NativeScope.list(decoder.ropeTables(), decoder.withAdapter(scope, adapter.arrays()));
    }
    return decoder.packs()
        ? NativeScope.list(decoder.ropeTables(), decoder.samplingWeights(), decoder.noAdapter())
        : arguments(view);
  }

  /** Returns the weights and the program that computes with them. */
  Decoder decoder() {
    return decoder;
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
