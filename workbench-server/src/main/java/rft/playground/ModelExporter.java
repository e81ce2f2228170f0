package rft.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.ExportFormat;
import rft.run.CheckpointStore;
import rft.run.ChildProcess;
import rft.run.RunHome;

/**
 * Writes what runs made for other tools, in a process of its own: whole models into the home, where
 * they are base models from then on, and adapters beside them.
 */
final class ModelExporter {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final RunHome home;

  ModelExporter(RunHome home) {
    this.home = home;
  }

  /**
   * What to write.
   *
   * @param step of the checkpoint
   * @param format null for a Hugging Face folder
   * @param type of the weights; null for the usual one of the format
   */
  record Wish(Integer step, @Nullable ExportFormat format, @Nullable String type) {
    Wish {
      if (step == null) {
        throw new IllegalArgumentException("the step is missing: name a checkpoint of the run");
      }
    }

    ExportFormat form() {
      return format == null ? ExportFormat.HF : format;
    }

    String chosenType() {
      return form().type(type);
    }

    /** Returns what the name of the folder ends with; the usual form goes without. */
    String ending() {
      boolean usual = form() == ExportFormat.HF && chosenType().equals(form().types().get(0));
      String named = form() + (form().types().size() == 1 ? "" : "-" + chosenType());
      return usual ? "" : "-" + named.toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A model that was written.
   *
   * @param isBase whether it is a base model from now on
   */
  record Exported(String name, String folder, boolean isBase) {}

  /**
   * Writes one and waits for it; one that is there stays.
   *
   * @throws IllegalArgumentException if the run has no such checkpoint
   * @throws CommandException if it cannot be written, with the reason
   */
  synchronized Exported export(String run, Wish wish) throws IOException, InterruptedException {
    new CheckpointStore(home.open(run)).require(wish.step());
    String name = Deployment.idOf(run, wish.step()) + wish.ending();
    boolean isBase = wish.form() != ExportFormat.ADAPTER;
    Path folder = home.root().resolve(isBase ? "models" : "adapters").resolve(name);
    if (!Files.exists(folder.resolve(isBase ? "config.json" : "adapter_config.json"))) {
      write(run, wish, name, folder);
    }
    return new Exported(name, folder.toString(), isBase);
  }

  private void write(String run, Wish wish, String name, Path folder)
      throws IOException, InterruptedException {
    ChildProcess child =
        ChildProcess.start(
            home.root().resolve("exports").resolve(name),
            List.of(
                "model",
                "export",
                run,
                "--step=" + wish.step(),
                "--format=" + wish.form(),
                "--type=" + wish.chosenType(),
                "--out=" + folder),
            Map.of("RFT_HOME", home.root().toString()));
    boolean ended = child.waitFor(LIMIT);
    if (!ended) {
      child.stop(Duration.ZERO);
    }
    if (!ended || child.exitCode().orElse(-1) != ExitCode.OK.number()) {
      List<String> lines = child.lastLines(1);
      throw new CommandException(
          ExitCode.FAILED,
          "the model was not written: "
              + (lines.isEmpty() ? "the process ended" : lines.get(0))
              + " ("
              + child.log()
              + " has more)");
    }
  }
}
