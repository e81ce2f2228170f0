package rft.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.ProductVersion;
import rft.command.Progress;
import rft.command.Result;
import rft.command.Verb;

/** Makes the kernel known to Jupyter. Needs no Python. */
@Command(
    name = "kernel install",
    description = "Make the Java kernel known to Jupyter; needs no Python.",
    footer = "  rft kernel install --user --jvm-opts -Xmx4g")
public final class KernelInstall implements Verb<KernelInstall.Installed> {
  private final JupyterFolders folders;

  @Mixin private KernelPlace place = new KernelPlace();

  @Option(
      names = "--display-name",
      defaultValue = "Java (RFT)",
      description = "Its name in lists (default ${DEFAULT-VALUE}).")
  private String displayName = "Java (RFT)";

  @Option(
      names = "--jvm-opts",
      paramLabel = "OPTIONS",
      defaultValue = "",
      description = "Options for its Java, for example -Xmx4g; several in one argument.")
  private String jvmOptions = "";

  @Option(
      names = "--no-archive",
      description = "Make no archive of its classes; it then starts more slowly.")
  private boolean noArchive;

  /** Installs for the user of this process. */
  public KernelInstall() {
    this(JupyterFolders.ofProcess());
  }

  KernelInstall(JupyterFolders folders) {
    this.folders = folders;
  }

  /**
   * What was installed.
   *
   * @param name of the kernel
   * @param folder of its kernel.json
   * @param java that it runs on
   * @param archived whether it starts from an archive of its classes
   * @param check the command that checks it
   */
  public record Installed(String name, Path folder, Path java, boolean archived, String check)
      implements Result {
    @Override
    public Optional<String> text() {
      return Optional.of(
          "The kernel "
              + name
              + " is installed in "
              + folder
              + ".\nNext: "
              + check
              + " checks it, and every Jupyter front-end that looks there lists it.");
    }
  }

  @Override
  public Installed run(Progress progress) throws IOException, InterruptedException {
    KernelLaunch launch = KernelLaunch.ofProcess(options(jvmOptions));
    return install(place.folder(folders), launch, progress);
  }

  static List<String> options(String given) {
    return Stream.of(given.trim().split("\\s+")).filter(option -> !option.isEmpty()).toList();
  }

  Installed install(Path folder, KernelLaunch launch, Progress progress)
      throws IOException, InterruptedException {
    refuseForeign(folder);
    Files.createDirectories(folder);
    KernelLogo.write(folder);
    Optional<String> archive = noArchive ? Optional.empty() : archive(launch, progress);
    KernelSpec spec =
        new KernelSpec(
            folder,
            displayName,
            launch.arguments(archive, KernelSpec.CONNECTION_FILE),
            KernelLaunch.environment(System.getenv()),
            true);
    spec.write(new ProductVersion().run(Progress.SILENT).version());
    return new Installed(
        spec.name(),
        folder,
        launch.java(),
        archive.isPresent(),
        place.command("rft kernel doctor"));
  }

  private static Optional<String> archive(KernelLaunch launch, Progress progress)
      throws IOException, InterruptedException {
    ClassArchive archive = launch.archive();
    if (!archive.fits(launch)) {
      archive.record(launch, progress);
    }
    return archive.flag(launch);
  }

  private static void refuseForeign(Path folder) throws IOException {
    if (Files.exists(folder.resolve(KernelSpec.FILE)) && !KernelSpec.read(folder).isOurs()) {
      throw new CommandException(
          ExitCode.FAILED,
          "another kernel is already installed in " + folder + "; choose a different --name");
    }
  }
}
