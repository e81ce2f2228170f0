package rft.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Progress;
import rft.command.Result;
import rft.command.Verb;

/** Takes a kernel away that {@link KernelInstall} installed. */
@Command(
    name = "kernel uninstall",
    description = "Take the Java kernel away from Jupyter again.",
    footer = "  rft kernel uninstall --user")
public final class KernelUninstall implements Verb<KernelUninstall.Removed> {
  private final JupyterFolders folders;

  @Mixin private KernelPlace place = new KernelPlace();

  /** Looks where the user of this process has kernels. */
  public KernelUninstall() {
    this(JupyterFolders.ofProcess());
  }

  KernelUninstall(JupyterFolders folders) {
    this.folders = folders;
  }

  /**
   * What was removed.
   *
   * @param folder that is gone
   */
  public record Removed(Path folder) implements Result {
    @Override
    public Optional<String> text() {
      return Optional.of("The kernel in " + folder + " is removed.");
    }
  }

  @Override
  public Removed run(Progress progress) throws IOException {
    Path folder = place.folder(folders);
    if (!Files.isRegularFile(folder.resolve(KernelSpec.FILE))) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "no kernel is installed in "
              + folder
              + "; give the --name and the place that it was installed with");
    }
    if (!KernelSpec.read(folder).isOurs()) {
      throw new CommandException(
          ExitCode.FAILED,
          "the kernel in " + folder + " was not installed by rft; remove it by its own means");
    }
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
    return new Removed(folder);
  }
}
