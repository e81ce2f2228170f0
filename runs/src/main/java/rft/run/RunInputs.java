package rft.run;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a run starts from and where it computes.
 *
 * @param model folder or name of the base model, as given
 * @param dataset file or name of the dataset, as given
 * @param reward file or name of the reward, as given
 * @param device {@code cpu} or {@code cuda:N}
 * @param threads threads of the engine's matrix products; a resumed run repeats bit for bit only
 *     with the same number
 * @param precision of the frozen weights: {@code f32}, {@code bf16} or {@code f16}; null, as runs
 *     of old have it, is {@code f32}
 */
public record RunInputs(
    String model,
    String dataset,
    String reward,
    String device,
    int threads,
    @JsonSetter(nulls = Nulls.SET) String precision) {
  /** The precision where nothing else is asked for. */
  public static final String FULL_PRECISION = "f32";

  private static final Pattern DEVICE = Pattern.compile("cpu|cuda:\\d{1,3}");
  private static final Pattern PRECISION = Pattern.compile("f32|bf16|f16");

  public RunInputs {
    Bounds.text("model", model, "name a folder that holds a config.json");
    Bounds.text("dataset", dataset, "name a JSONL file of chat rows");
    Bounds.text("reward", reward, "name a reward or a file that defines one");
    precision = Objects.requireNonNullElse(precision, FULL_PRECISION);
    checkMachine(device, threads, precision);
  }

  /**
   * Refuses what no machine has.
   *
   * @throws IllegalArgumentException if it is no device, no number of threads or no precision
   */
  public static void checkMachine(String device, int threads, String precision) {
    if (!DEVICE.matcher(device).matches()) {
      throw new IllegalArgumentException(
          "device (" + device + ") must be cpu or cuda:N, for example cuda:0 for the first GPU");
    }
    Bounds.atLeast("threads", threads, 1, "the engine needs a thread to compute on");
    if (!PRECISION.matcher(precision).matches()) {
      throw new IllegalArgumentException(
          "precision (" + precision + ") must be f32, bf16 or, on a GPU, f16");
    }
  }

  /** Returns inputs that compute on one thread of the CPU. */
  public static RunInputs onCpu(String model, String dataset, String reward) {
    return new RunInputs(model, dataset, reward, "cpu", 1, FULL_PRECISION);
  }

  /** Returns these inputs on another device. */
  public RunInputs withDevice(String device) {
    return new RunInputs(model, dataset, reward, device, threads, precision);
  }

  /** Returns these inputs with another number of threads. */
  public RunInputs withThreads(int threads) {
    return new RunInputs(model, dataset, reward, device, threads, precision);
  }

  /** Returns these inputs with frozen weights held otherwise. */
  public RunInputs withPrecision(String other) {
    return new RunInputs(model, dataset, reward, device, threads, other);
  }
}
