package rft.run;

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
 */
public record RunInputs(String model, String dataset, String reward, String device, int threads) {
  private static final Pattern DEVICE = Pattern.compile("cpu|cuda:\\d{1,3}");

  public RunInputs {
    Bounds.text("model", model, "name a folder that holds a config.json");
    Bounds.text("dataset", dataset, "name a JSONL file of chat rows");
    Bounds.text("reward", reward, "name a reward or a file that defines one");
    checkMachine(device, threads);
  }

  /**
   * Refuses what no machine has.
   *
   * @throws IllegalArgumentException if it is no device, or no number of threads
   */
  public static void checkMachine(String device, int threads) {
    if (!DEVICE.matcher(device).matches()) {
      throw new IllegalArgumentException(
          "device (" + device + ") must be cpu or cuda:N, for example cuda:0 for the first GPU");
    }
    Bounds.atLeast("threads", threads, 1, "the engine needs a thread to compute on");
  }

  /** Returns inputs that compute on one thread of the CPU. */
  public static RunInputs onCpu(String model, String dataset, String reward) {
    return new RunInputs(model, dataset, reward, "cpu", 1);
  }

  /** Returns these inputs on another device. */
  public RunInputs withDevice(String device) {
    return new RunInputs(model, dataset, reward, device, threads);
  }

  /** Returns these inputs with another number of threads. */
  public RunInputs withThreads(int threads) {
    return new RunInputs(model, dataset, reward, device, threads);
  }
}
