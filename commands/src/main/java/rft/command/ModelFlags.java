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
      description =
          "A bundled model's name or a folder (default: the run's base model, or tiny-chat).")
  @Nullable String model;

  @Option(names = "--adapter", paramLabel = "DIR", description = "A PEFT adapter to switch on.")
  @Nullable Path adapter;

  @Option(
      names = "--run",
      paramLabel = "RUN[@STEP]",
      description = "What a run made: its best checkpoint, or that of a step.")
  @Nullable String run;

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "cpu or cuda:N (default ${DEFAULT-VALUE}).")
  String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Parts of a batch side by side (default: the cores).")
  int threads = Runtime.getRuntime().availableProcessors();

  /** Returns the model, ready to sample; the caller closes it. */
  LoadedModel open(Installation installation) throws IOException {
    if (adapter != null && run != null) {
      throw new CommandException(
          ExitCode.USAGE, "--adapter and --run exclude each other: give one");
    }
    if (run != null) {
      return RunCheckpoint.parse(run).open(installation, model, device, threads);
    }
    Path base = installation.model(model == null ? Installation.TINY_MODEL : model);
    LoadedModel loaded = installation.open(base, device, threads);
    if (adapter != null) {
      loaded.switchOn(adapter);
    }
    return loaded;
  }
}
