package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rft.rollout.LoadedModel;

/** Which model a verb looks at: a base model, or one with what a run made of it. */
public final class ModelFlags {
  @Option(
      names = "--model",
      paramLabel = "M",
      completionCandidates = Names.Models.class,
      description =
          "A base model's name, a folder or a GGUF file (default: the run's base model, or tiny-chat).")
  @Nullable String model;

  @Option(names = "--adapter", paramLabel = "DIR", description = "A PEFT adapter to switch on.")
  @Nullable Path adapter;

  @Option(
      names = "--run",
      paramLabel = "RUN[@STEP]",
      completionCandidates = Names.Runs.class,
      description = "What a run made: its best checkpoint, or that of a step.")
  @Nullable String run;

  @Option(
      names = "--device",
      paramLabel = "D",
      completionCandidates = Names.Devices.class,
      description = "cpu or cuda:N (default: the model's own, else cpu).")
  @Nullable String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: the cores).")
  @Nullable Integer threads;

  @Option(
      names = "--precision",
      paramLabel = "P",
      completionCandidates = Names.Precisions.class,
      description = "Of frozen weights: f32, bf16 or, on a GPU, f16 (default: the model's own).")
  @Nullable String precision;

  /** Returns the model, ready to sample; the caller closes it. */
  LoadedModel open(Installation installation) throws IOException {
    return chosen(installation).open();
  }

  /** Returns the model that the options name, not yet in memory. */
  Model chosen(Installation installation) throws IOException {
    if (adapter != null && run != null) {
      throw new CommandException(
          ExitCode.USAGE, "--adapter and --run exclude each other: give one");
    }
    return onMachine(tuned(installation));
  }

  private Model tuned(Installation installation) throws IOException {
    if (run != null) {
      RunCheckpoint checkpoint = RunCheckpoint.parse(run);
      return model == null
          ? checkpoint.model()
          : installation.modelNamed(model).withRun(checkpoint.text());
    }
    Model base = installation.modelNamed(model == null ? Installation.TINY_MODEL : model);
    return adapter == null ? base : base.withAdapter(adapter);
  }

  private Model onMachine(Model wanted) {
    Model placed = device == null ? wanted : wanted.withDevice(device);
    Model threaded = threads == null ? placed : placed.withThreads(threads);
    return precision == null ? threaded : threaded.withPrecision(precision);
  }
}
