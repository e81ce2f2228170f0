package rft.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.OutputFile;
import rft.command.Progress;
import rft.command.Verb;
import rft.dataset.NearestName;
import rft.wire.KernelClient;

/** Runs a notebook without a browser and without Python, and saves what its cells show. */
@Command(
    name = "notebook run",
    description = "Run a notebook and save what it shows; needs no Python.",
    footer = "  rft notebook run study.ipynb --set steps=20 --output study-20.ipynb")
public final class NotebookRun implements Verb<NotebookOutcome> {
  private static final Duration START = Duration.ofMinutes(2);

  @Parameters(paramLabel = "FILE", description = "The notebook; any kernel name, language java.")
  private Path file = Path.of("");

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Save to this file and leave the notebook as it is.")
  private @Nullable Path output;

  @Option(names = "--force", description = "Replace a file of --output that is already there.")
  private boolean force;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Give a variable of the cell tagged parameters another value.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Stop a cell that takes longer; 0, the default, for no limit.")
  private double timeoutSeconds;

  @Option(
      names = "--check",
      description = "Save nothing; fail if a cell shows something else than the notebook holds.")
  private boolean check;

  @Option(
      names = "--jvm-opts",
      paramLabel = "OPTIONS",
      defaultValue = "",
      description = "Options for the kernel's Java, for example -Xmx4g.")
  private String jvmOptions = "";

  @Override
  public NotebookOutcome run(Progress progress) throws IOException, InterruptedException {
    if (check && (output != null || !parameters.isEmpty())) {
      throw new CommandException(
          ExitCode.USAGE, "--check compares with the notebook as it is: no --output, no --set");
    }
    if (timeoutSeconds < 0) {
      throw new CommandException(ExitCode.USAGE, "--timeout " + timeoutSeconds + " is below 0");
    }
    KernelLaunch launch = KernelLaunch.ofProcess(KernelInstall.options(jvmOptions));
    return run(launch, progress);
  }

  NotebookOutcome run(KernelLaunch launch, Progress progress)
      throws IOException, InterruptedException {
    Path source = existing(file);
    if (output != null) {
      new OutputFile("--output", output).require(force);
    }
    String text = Files.readString(source);
    Notebook notebook = Notebook.parse(text, file.toString());
    if (!notebook.language().equals("java")) {
      throw new CommandException(
          ExitCode.FAILED,
          file + " is a notebook in " + notebook.language() + "; only Java can be run");
    }
    new Overrides(parameters).injectInto(notebook);
    long start = System.nanoTime();
    Optional<NotebookOutcome.Failure> failed = execute(notebook, source, launch, progress);
    PortableOutputs.of(launch).apply(notebook);
    MadeOn before = notebook.madeOn();
    MadeOn now = MadeOn.here(KernelLaunch.repeatable(System.getenv()));
    notebook.setMadeOn(now);
    List<OutputDifference> differences = List.of();
    if (check && failed.isEmpty()) {
      Notebook held = Notebook.parse(text, file.toString());
      differences = OutputDifference.between(held, notebook, before.comparisonWith(now));
    }
    // A notebook that worked is not replaced by one that failed, unless a file for it was named.
    Path target = output == null ? source : output.toAbsolutePath();
    boolean saved = !check && (failed.isEmpty() || output != null);
    if (saved) {
      save(notebook, target);
    }
    return new NotebookOutcome(
        file,
        notebook.codeCells().size(),
        (System.nanoTime() - start) / 1e9,
        saved ? target : null,
        failed.orElse(null),
        differences,
        check ? before.explained(now) : "");
  }

  private Optional<NotebookOutcome.Failure> execute(
      Notebook notebook, Path source, KernelLaunch launch, Progress progress)
      throws IOException, InterruptedException {
    Path folder = source.resolveSibling("").normalize();
    Duration limit = timeoutSeconds == 0 ? null : Duration.ofMillis((long) (timeoutSeconds * 1e3));
    try (KernelClient client =
        KernelClient.start(launch.inFolder(folder, launch.archive().flag(launch)), START)) {
      JsonNode language = client.kernelInfo().path("language_info");
      if (language.isObject()) {
        notebook.setLanguageInfo(language);
      }
      return new NotebookExecution(notebook, client, progress, limit).run();
    } catch (TimeoutException e) {
      throw new CommandException(
          ExitCode.FAILED, "the kernel does not answer: " + e.getMessage(), e);
    }
  }

  private static Path existing(Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      return file.toAbsolutePath();
    }
    Path folder = file.toAbsolutePath().resolveSibling("");
    List<String> names = List.of();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        names =
            files
                .map(path -> String.valueOf(path.getFileName()))
                .filter(name -> name.endsWith(".ipynb"))
                .toList();
      }
    }
    throw new CommandException(
        ExitCode.NOT_FOUND,
        "no notebook " + file + NearestName.hint(String.valueOf(file.getFileName()), names));
  }

  /** Writes a draft first: a notebook is never half a notebook. */
  private static void save(Notebook notebook, Path target) throws IOException {
    Path draft = target.resolveSibling("." + target.getFileName() + ".draft");
    try {
      Files.writeString(draft, notebook.text());
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
