package rft.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Installation;
import rft.command.Progress;
import rft.command.Result;
import rft.command.Verb;
import rft.run.RunHome;

/** Brings up JupyterLab with the kernel and the sample notebooks, until it is interrupted. */
@Command(
    name = "lab",
    description = "Open JupyterLab with the Java kernel and the notebooks.",
    footer = "  rft lab my-notebooks --no-browser")
public final class Lab implements Verb<Lab.Ended> {
  private static final String FOLDER = "rft-notebooks";

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = FOLDER,
      description = "Folder of the notebooks, made if missing (default ${DEFAULT-VALUE}).")
  private Path folder = Path.of(FOLDER);

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "Port on this machine; the first free one from 8888 if not given.")
  private int port;

  @Option(names = "--no-browser", description = "Only print the address.")
  private boolean noBrowser;

  /**
   * JupyterLab has ended.
   *
   * @param folder of the notebooks
   * @param kept sample notebooks that were not renewed because they were changed
   */
  public record Ended(Path folder, List<String> kept) implements Result {
    public Ended {
      kept = List.copyOf(kept);
    }

    @Override
    public Optional<String> text() {
      return Optional.of("JupyterLab has ended; the notebooks are in " + folder + ".");
    }
  }

  @Override
  public Ended run(Progress progress) throws IOException, InterruptedException {
    Path home = RunHome.standard().root();
    Path root = Installation.current().root();
    Path notebooks = folder.toAbsolutePath().normalize();
    if (Files.exists(notebooks) && !Files.isDirectory(notebooks)) {
      throw new CommandException(ExitCode.USAGE, notebooks + " is a file, not a folder");
    }
    LabProgram program = LabProgram.find(home, root, progress);
    KernelLaunch kernel = KernelLaunch.ofProcess(List.of());
    program.installKernel(kernel, progress);
    SampleNotebooks.Copied copied =
        new SampleNotebooks(root.resolve("notebooks")).copyTo(notebooks);
    if (!copied.kept().isEmpty()) {
      progress.say("Left as you changed them: " + String.join(", ", copied.kept()));
    }
    LabServer server = new LabServer(program, home.resolve("lab.log"));
    try (LabWorkbench workbench = LabWorkbench.of(RunHome.standard(), progress)) {
      workbench.say(progress);
      server.run(notebooks, port, noBrowser, progress);
    }
    return new Ended(notebooks, copied.kept());
  }
}
