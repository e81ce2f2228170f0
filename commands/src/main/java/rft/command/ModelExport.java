package rft.command;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.export.ExportTexts;
import rft.rollout.LoadedModel;
import rft.run.CardForm;
import rft.run.CheckpointStore;
import rft.run.ModelCard;
import rft.run.RunHeader;
import rft.run.RunReader;

/** Writes what a run made in a form that other tools load, with its card. */
@Command(
    name = "model export",
    description = "Write what a run made: a whole model, GGUF or its adapter.",
    footer = "  rft model export addition-20261124-213012-3f2a --out tuned --format gguf")
public final class ModelExport implements Verb<ModelExport.Exported> {
  @Parameters(
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "The run's id (rft runs list); ID@STEP for the checkpoint of a step.")
  private String run = "";

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Of the checkpoint, as RUN@N (default: the best by validation, else the last).")
  private @Nullable Integer step;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder.")
  private Path out = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "F",
      description =
          "hf (Hugging Face folder), gguf (one file for llama.cpp) or adapter (PEFT); default hf.")
  private ExportFormat format = ExportFormat.HF;

  @Option(
      names = "--type",
      paramLabel = "T",
      description =
          "How weights are stored: hf F32 (default), F16, BF16; gguf F16 (default), Q8_0, F32,"
              + " BF16.")
  private @Nullable String type;

  /** For picocli, which sets the options. */
  public ModelExport() {}

  /**
   * A model that was written.
   *
   * @param run what made it
   * @param step of the checkpoint
   * @param base folder of the base model
   * @param folder where it is now
   * @param format of its files, as the option has it
   * @param type of its weights
   * @param bytes of its files
   */
  public record Exported(
      String run, int step, String base, String folder, String format, String type, long bytes)
      implements Result {
    @Override
    public Optional<String> text() {
      return Optional.of(
          "step %d of %s as %s, %s: %s (%.1f MB)"
              .formatted(step, run, form().words(), type, folder, bytes / 1e6));
    }

    @Override
    public Object named() {
      return form() == ExportFormat.ADAPTER
          ? Model.of(Path.of(base)).withAdapter(Path.of(folder))
          : Model.of(Path.of(folder));
    }

    private ExportFormat form() {
      return ExportFormat.valueOf(format.toUpperCase(Locale.ROOT));
    }
  }

  @Override
  public Exported run(Progress progress) throws IOException {
    if (Files.exists(out)) {
      throw new CommandException(ExitCode.USAGE, "--out (" + out + ") exists: name a new folder");
    }
    String stored = format.type(type);
    RunCheckpoint wanted = checkpoint();
    Run named = new Run(wanted.run());
    RunHeader header = named.header();
    boolean full = header.options().adapter().full();
    if (full && format == ExportFormat.ADAPTER) {
      throw new CommandException(
          ExitCode.USAGE,
          "run "
              + named.id()
              + " trained every weight and has no adapter: use --format hf or gguf");
    }
    int chosen = wanted.chosen();
    Path base = Installation.current().baseOf(header);
    if (Files.isDirectory(base)) { // An adapter is written without it, too.
      TrainingSession.requireUnchanged(base, LoadedModel.weightsSha256(base), header);
    }
    CardForm form = new CardForm(format.kind(), stored, baseName(base), ModelLicence.of(base));
    Map<String, String> card;
    try (RunReader reader = named.reader()) {
      card = new ModelCard(reader, chosen, form).files();
    }
    Path checkpoint = new CheckpointStore(named.folder()).folder(chosen);
    write(
        new CheckpointExport(base, checkpoint, full),
        stored,
        new ExportTexts(header.name(), card),
        progress);
    return new Exported(
        named.id(),
        chosen,
        base.toString(),
        out.toAbsolutePath().toString(),
        format.toString(),
        stored,
        bytes(out));
  }

  private void write(CheckpointExport export, String stored, ExportTexts texts, Progress progress) {
    try {
      export.write(out, format, stored, texts, progress::stopRequested);
    } catch (IOException e) {
      boolean named = e instanceof FileSystemException file && file.getReason() == null;
      throw new CommandException(
          ExitCode.FAILED,
          "%s could not be written (%s), and nothing of it is left: make room, or name another --out"
              .formatted(
                  out,
                  named ? e.getClass().getSimpleName() + ": " + e.getMessage() : e.getMessage()),
          e);
    }
  }

  private RunCheckpoint checkpoint() throws IOException {
    RunCheckpoint named = RunCheckpoint.parse(run);
    if (named.step() != null && step != null && !step.equals(named.step())) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s and --step %d name two checkpoints: give one of them".formatted(run, step));
    }
    return step == null ? named : new RunCheckpoint(named.run(), step);
  }

  private static String baseName(Path base) {
    Path name = base.toAbsolutePath().normalize().getFileName();
    return name == null ? base.toString() : name.toString();
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Override
  public String stopping() {
    return "Stopping: nothing of the export stays.";
  }
}
