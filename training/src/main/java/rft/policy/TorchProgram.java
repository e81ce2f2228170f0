package rft.policy;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * TorchScript compiled from a text resource, so that a whole forward pass is one native call.
 *
 * <p>A TorchScript archive is an uncompressed zip of the source text and three tiny constant files;
 * writing it here needs neither Python nor a binary in the repository.
 */
public final class TorchProgram implements AutoCloseable {
  private static final String CLASS_NAME = "Decoder";
  private static final byte[] EMPTY_PICKLED_TUPLE = {(byte) 0x80, 2, ')', '.'};

  /** Operations may use several threads; the engine keeps their number for each calling thread. */
  private static final ThreadLocal<Integer> THREADS = ThreadLocal.withInitial(() -> 0);

  private final Model model;
  private final int threads;
  private final PtSymbolBlock block;
  private final Map<String, NDArray> methodNames;

  private TorchProgram(Model model, int threads, Map<String, NDArray> methodNames) {
    this.model = model;
    this.threads = threads;
    this.block = (PtSymbolBlock) model.getBlock();
    this.methodNames = methodNames;
  }

  /** Returns the same program with operations on one thread, for calls side by side. */
  TorchProgram onOneThread() {
    return new TorchProgram(model, 1, methodNames);
  }

  /**
   * Returns the program of a text with each {@code $NAME} replaced by its constant.
   *
   * @param threads that one operation may use
   * @throws IllegalStateException if the engine refuses the text, with the engine's message
   */
  static TorchProgram load(String text, Map<String, String> constants, Device device, int threads) {
    try {
      Path folder = Files.createTempDirectory("rft-program");
      Path archive = folder.resolve("program.pt");
      try {
        writeArchive(archive, substitute(text, constants));
        Model model = Model.newInstance("program", device, "PyTorch");
        model.load(folder, "program");
        return new TorchProgram(model, threads, new ConcurrentHashMap<>());
      } catch (MalformedModelException e) {
        throw new IllegalStateException(
            "the engine refused the decoder's program: " + e.getMessage(), e);
      } finally {
        Files.deleteIfExists(archive);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the results of one method, owned by the manager of the first input.
   *
   * @param gradients whether the call records what back-propagation needs
   * @param inputs arguments in order, each array named; consecutive arrays whose name ends in
   *     {@code []} form one list
   */
  public NDList call(String method, boolean gradients, NDList inputs) {
    if (THREADS.get() != threads) {
      JniUtils.setNumThreads(threads);
      THREADS.set(threads);
    }
    JniUtils.setGradMode(gradients);
    // Profiling and re-optimising per shape costs more than it saves here, and would differ between
    // runs.
    JniUtils.setGraphExecutorOptimize(false);
    NDList all = new NDList(inputs);
    all.add(methodNames.computeIfAbsent(method, this::methodName));
    return IValueUtils.forward(block, all, gradients);
  }

  /** The engine takes the method to run as the name of one more array. */
  private NDArray methodName(String method) {
    NDArray name = model.getNDManager().zeros(new Shape(0));
    name.setName("module_method:" + method);
    return name;
  }

  /**
   * Copies values into an array, in place and on its device.
   *
   * @param array float32, its name ending in {@code []}
   * @param values as many as it has, row-major
   */
  public void assign(NDArray array, float[] values) {
    try (NDManager scope = array.getManager().newSubManager()) {
      NDArray value = scope.create(values, array.getShape());
      value.setName("value");
      call("assign", false, new NDList(value, array));
    }
  }

  @Override
  public void close() {
    model.close();
  }

  /** Returns a text resource that stands beside this class. */
  static String read(String resource) {
    try (InputStream in = TorchProgram.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + resource, e);
    }
  }

  private static String substitute(String text, Map<String, String> constants) {
    // Longest names first: $HEADS must not be taken for $HEAD followed by S.
    Map<String, String> longestFirst =
        new TreeMap<>(
            (a, b) -> a.length() != b.length() ? b.length() - a.length() : a.compareTo(b));
    longestFirst.putAll(constants);
    for (Map.Entry<String, String> constant : longestFirst.entrySet()) {
      text = text.replace("$" + constant.getKey(), constant.getValue());
    }
    return text;
  }

  private static void writeArchive(Path file, String source) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      entry(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
      entry(zip, "constants.pkl", EMPTY_PICKLED_TUPLE);
      entry(zip, "data.pkl", pickledModule());
      entry(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry("program/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  /**
   * Returns the pickled module object: an instance of the class with its two mandatory attributes.
   */
  private static byte[] pickledModule() {
    StringBuilder pickle =
        new StringBuilder("\u0080\u0002c__torch__\n" + CLASS_NAME + "\n)\u0081}(");
    for (Map.Entry<String, String> attribute :
        List.of(Map.entry("training", "\u0089"), Map.entry("_is_full_backward_hook", "N"))) {
      String key = attribute.getKey();
      pickle
          .append('X')
          .append((char) key.length())
          .append("\0\0\0")
          .append(key)
          .append(attribute.getValue());
    }
    return pickle.append("ub.").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
