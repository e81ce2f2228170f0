package rft.policy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The weights of a decoder on a device, and the program that computes with them. */
final class Decoder implements AutoCloseable {
  private final Form form;
  private final NDManager manager;
  private final TorchProgram program;
  private final TorchProgram scoringProgram;
  private final List<NDArray> weights;
  private final List<NDArray> rope;
  private final NDArray noAdapter;
  private final boolean packs;
  private @Nullable List<NDArray> packed;

  private Decoder(Form form, NDManager manager, TorchProgram program, List<NDArray> weights) {
    this.form = form;
    this.manager = manager;
    this.program = program;
    this.scoringProgram = program.onOneThread();
    this.weights = weights;
    this.rope = RopeTables.create(form.config(), form.layout(), manager);
    this.noAdapter = NativeScope.named(manager.create(1f), "a[]");
    this.packs = form.layout().packs(form.precision(), manager.getDevice());
  }

  /**
   * What decides how a decoder computes.
   *
   * @param layout which tensors lie together
   * @param precision of matrices
   * @param threads that one operation may use
   */
  record Form(ModelConfig config, Layout layout, Precision precision, int threads) {}

  /**
   * Where the decoder takes its initial weights from: the values of a tensor by name and shape,
   * row-major.
   */
  interface WeightSource {
    float[] floats(String name, int[] shape);
  }

  /** Returns a decoder on a device with weights from a source. */
  static Decoder load(Form form, WeightSource source, Device device) {
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      TorchProgram program = DecoderProgram.load(form, device);
      List<NDArray> weights = create(form, source, program, manager);
      return new Decoder(form, manager, program, weights);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  ModelConfig config() {
    return form.config();
  }

  Form form() {
    return form;
  }

  NDManager manager() {
    return manager;
  }

  TorchProgram program() {
    return program;
  }

  /** Returns the program with each operation on one thread. */
  TorchProgram scoringProgram() {
    return scoringProgram;
  }

  /** Returns the weights in program order. */
  List<NDArray> weights() {
    return weights;
  }

  /** Returns whether threads sample faster with a part of the batch each. */
  boolean samplesApart() {
    return form.layout() == Layout.FUSED
        && ProcessorTraits.samplesApart(form.precision(), manager.getDevice());
  }

  /**
   * Returns whether rows of a group read the keys and values of their prompt together while they
   * are sampled; elsewhere each has a copy.
   */
  boolean sharesPrompts() {
    return form.layout() == Layout.FUSED && !manager.getDevice().isGpu();
  }

  /** Returns whether weights are packed for the products of sampling. */
  boolean packs() {
    return packs;
  }

  /**
   * Returns the weights as the program samples with them where no adapter is added in: those of
   * {@link #weights} or, where the processor is faster with it, a packed copy, made when it is
   * first asked for and kept.
   */
  synchronized List<NDArray> samplingWeights() {
    if (!packs) {
      return weights;
    }
    if (packed == null) {
      NDArray owner = NativeScope.named(manager.zeros(new Shape(0)), "owner");
      NDList made = program.call("pack", false, NativeScope.list(owner, weights));
      made.forEach(array -> NativeScope.named(array, "w[]"));
      packed = List.copyOf(made);
    }
    return packed;
  }

  /**
   * Returns every weight by its Hugging Face name.
   *
   * @throws IllegalStateException if several lie in one array
   */
  Map<String, NDArray> byName() {
    if (form.layout() != Layout.PLAIN) {
      throw new IllegalStateException("the weights of this decoder lie together");
    }
    Map<String, NDArray> byName = new LinkedHashMap<>();
    List<List<String>> names = form.layout().arrays(form.config());
    for (String name : form.config().tensorShapes().keySet()) {
      byName.put(name, weights.get(names.indexOf(List.of(name))));
    }
    return byName;
  }

  /** Returns a copy of the values of a tensor, row-major. */
  float[] floats(String name) {
    Map<String, int[]> shapes = form.config().tensorShapes();
    List<List<String>> arrays = form.layout().arrays(form.config());
    for (int i = 0; i < arrays.size(); i++) {
      int from = 0;
      for (String part : arrays.get(i)) {
        int rows = Shapes.of(shapes, part)[0];
        if (part.equals(name)) {
          try (NativeScope scope = new NativeScope(manager)) {
            NDArray place = scope.longs("place", new long[] {from}, 1);
            NDArray length = scope.length("rows", rows);
            NDList in = NativeScope.list(place, length, weights.get(i));
            return scope.call(program, "rows", false, in).get(0).toFloatArray();
          }
        }
        from += rows;
      }
    }
    throw new IllegalArgumentException("this model has no tensor " + name);
  }

  /** Returns the cosine and sine tables: (maxPositions, headDim) each. */
  List<NDArray> ropeTables() {
    return rope;
  }

  /** Returns what the program takes in place of the arrays of an adapter. */
  NDArray noAdapter() {
    return noAdapter;
  }

  /**
   * Returns weights and adapter as the program samples with them: an adapter added into copies of
   * float32 weights, packed where that is faster, which spares two multiplications at each of them,
   * or beside half-precision ones, where a small correction would be rounded away.
   *
   * @param adapter arrays of an {@link Adapter}
   */
  NDList withAdapter(NativeScope scope, List<NDArray> adapter) {
    NDArray owner = scope.length("owner", 0);
    if (form.precision().isHalf()) {
      NDList joined = scope.call(program, "adapter", false, NativeScope.list(owner, adapter));
      joined.forEach(array -> NativeScope.named(array, "a[]"));
      return NativeScope.list(samplingWeights(), joined);
    }
    NDList merged = scope.call(program, "merge", false, NativeScope.list(owner, weights, adapter));
    merged.forEach(array -> NativeScope.named(array, "w[]"));
    return NativeScope.list(merged, noAdapter);
  }

  /**
   * Returns a copy of the weights in program order that later changes to the originals do not
   * reach.
   */
  List<NDArray> frozenCopy() {
    return weights.stream().map(array -> NativeScope.named(array.duplicate(), "w[]")).toList();
  }

  /** Returns other weights for this decoder's program, in its order, owned by a scope. */
  List<NDArray> create(NativeScope scope, WeightSource source) {
    return create(form, source, program, scope.manager());
  }

  private static List<NDArray> create(
      Form form, WeightSource source, TorchProgram program, NDManager owner) {
    Map<String, int[]> shapes = form.config().tensorShapes();
    List<NDArray> arrays = new ArrayList<>();
    for (List<String> names : form.layout().arrays(form.config())) {
      long rows = names.stream().mapToLong(name -> Shapes.of(shapes, name)[0]).sum();
      long[] dims = Arrays.stream(Shapes.of(shapes, names.get(0))).asLongStream().toArray();
      dims[0] = rows;
      float[] values = joined(names, shapes, source);
      arrays.add(NativeScope.named(array(form, program, owner, values, new Shape(dims)), "w[]"));
    }
    return List.copyOf(arrays);
  }

  private static NDArray array(
      Form form, TorchProgram program, NDManager owner, float[] values, Shape shape) {
    NDArray array = owner.create(FloatBuffer.wrap(values), shape);
    if (shape.dimension() == 1 || !form.precision().isHalf()) {
      return array;
    }
    // Not in inference mode, whose results back-propagation refuses to read.
    try (array) {
      return program.call("halved", true, NativeScope.list(NativeScope.named(array, "x"))).get(0);
    }
  }

  private static float[] joined(
      List<String> names, Map<String, int[]> shapes, WeightSource source) {
    if (names.size() == 1) {
      return source.floats(names.get(0), Shapes.of(shapes, names.get(0)));
    }
    long count = names.stream().mapToLong(name -> Shapes.count(Shapes.of(shapes, name))).sum();
    float[] joined = new float[Math.toIntExact(count)];
    int at = 0;
    for (String name : names) {
      float[] part = source.floats(name, Shapes.of(shapes, name));
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  @Override
  public void close() {
    program.close();
    manager.close();
  }
}
