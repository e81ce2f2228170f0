package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.rollout.LoadedModel;
import rft.run.RunInputs;

/**
 * A model by what it is made of, not yet in memory: a base model's folder, what is switched on of
 * an adapter or of a run, and where to compute.
 *
 * @param folder the base model
 * @param adapter a PEFT folder to switch on; null for none
 * @param run {@code RUN} or {@code RUN@STEP} whose checkpoint to switch on; null for none
 * @param device {@code cpu} or {@code cuda:N}
 * @param threads that compute
 * @param precision of the frozen weights: {@code f32}, {@code bf16} or {@code f16}
 */
public record Model(
    Path folder,
    @Nullable Path adapter,
    @Nullable String run,
    String device,
    int threads,
    String precision) {
  static final String CPU = "cpu";
  static final int CORES = Runtime.getRuntime().availableProcessors();

  public Model {
    if (adapter != null && run != null) {
      throw new IllegalArgumentException(
          "a model has either an adapter (" + adapter + ") or a run (" + run + ") switched on");
    }
    RunInputs.checkMachine(device, threads, precision);
  }

  /** Returns the base model in a folder, on the CPU. */
  public static Model of(Path folder) {
    return new Model(folder, null, null, CPU, CORES, RunInputs.FULL_PRECISION);
  }

  /**
   * Returns the model that an option's value names.
   *
   * @param name a named object, a bundled model, a folder, or a run
   * @throws CommandException if there is none of these, naming the nearest
   */
  public static Model named(String name) throws IOException {
    return Installation.current().modelNamed(name);
  }

  /** Returns this model with an adapter in place of what is switched on. */
  public Model withAdapter(Path peftFolder) {
    return new Model(folder, peftFolder, null, device, threads, precision);
  }

  /** Returns this model with a checkpoint in place of what is switched on. */
  public Model withRun(String runAtStep) {
    return new Model(folder, null, runAtStep, device, threads, precision);
  }

  /** Returns this model on another device. */
  public Model withDevice(String place) {
    return new Model(folder, adapter, run, place, threads, precision);
  }

  /** Returns this model with another number of threads. */
  public Model withThreads(int number) {
    return new Model(folder, adapter, run, device, number, precision);
  }

  /** Returns this model with frozen weights held as {@code f32}, {@code bf16} or {@code f16}. */
  public Model withPrecision(String other) {
    return new Model(folder, adapter, run, device, threads, other);
  }

  /** Returns this model computing elsewhere. */
  Model on(Placement place) {
    return new Model(folder, adapter, run, place.device(), place.threads(), place.precision());
  }

  /** Returns the base model, with nothing switched on. */
  public Model alone() {
    return new Model(folder, null, null, device, threads, precision);
  }

  /** Returns what is switched on, as a user would write it; empty for the base model alone. */
  public Optional<String> tuned() {
    return Optional.ofNullable(run != null ? run : adapter != null ? adapter.toString() : null);
  }

  /**
   * Returns the model in memory, ready to sample; the caller closes it.
   *
   * @throws CommandException if a part is missing or damaged
   */
  public LoadedModel open() throws IOException {
    Installation installation = Installation.current();
    Placement place = new Placement(device, threads, precision);
    if (run != null) {
      return RunCheckpoint.parse(run).open(installation, folder, place);
    }
    LoadedModel loaded = installation.open(folder, place);
    boolean done = false;
    try {
      if (adapter != null) {
        loaded.switchOn(adapter);
      }
      done = true;
      return loaded;
    } finally {
      if (!done) {
        loaded.close();
      }
    }
  }
}
