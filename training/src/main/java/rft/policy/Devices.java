package rft.policy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts the native engine once, with the settings the whole product relies on. */
public final class Devices {
  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,4}))?");

  static {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    // Parallelism is one shard of the batch per thread; threads inside an operation lose at these
    // sizes.
    System.setProperty("ai.djl.pytorch.num_threads", "1");
  }

  private Devices() {}

  /** Returns how many GPUs the engine sees: 0 without its CUDA build. */
  public static int gpus() {
    return Engine.getEngine("PyTorch").getGpuCount();
  }

  /**
   * Returns the bytes of a device's memory that are in use by anyone.
   *
   * @param name {@code cuda} or {@code cuda:N}
   * @throws IllegalArgumentException if the name is no GPU, or the machine lacks it
   */
  public static MemoryUsage memory(String name) {
    Device device = parse(name);
    if (!device.isGpu()) {
      throw new IllegalArgumentException(
          "device \"" + name + "\" has no memory of its own: name a GPU, for example cuda:0");
    }
    return CudaUtils.getGpuMemory(device);
  }

  /**
   * Returns whether sampling holds the weights a second time, ordered for this processor.
   *
   * @param device {@code cpu} or {@code cuda:N}
   */
  public static boolean packs(ModelConfig config, Precision precision, String device) {
    Device place = device.startsWith("cuda") ? Device.gpu() : Device.cpu();
    return Layout.of(config, precision).packs(precision, place);
  }

  /**
   * Returns the device of a name.
   *
   * @param name {@code cpu}, {@code cuda} or {@code cuda:N}
   * @throws IllegalArgumentException if the name is unknown or the machine lacks the device
   */
  static Device parse(String name) {
    Engine engine = Engine.getEngine("PyTorch");
    if (JniUtils.getNumThreads() != 1) {
      JniUtils.setNumThreads(1);
    }
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    Matcher cuda = CUDA.matcher(name);
    if (!cuda.matches()) {
      throw new IllegalArgumentException("device \"" + name + "\" is unknown: use cpu or cuda:0");
    }
    int index = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
    if (index >= engine.getGpuCount()) {
      throw new IllegalArgumentException(
          "device \""
              + name
              + "\" is not there: the engine sees "
              + engine.getGpuCount()
              + " GPUs (see docs/gpu.md)");
    }
    return Device.gpu(index);
  }
}
