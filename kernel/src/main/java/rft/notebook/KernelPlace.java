package rft.notebook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rft.command.CommandException;
import rft.command.ExitCode;

/** The options that say where a kernel is installed, and under which name. */
final class KernelPlace {
  static final String DEFAULT_NAME = "rft-java";

  @Option(
      names = "--user",
      description = "For this user: where install puts it unless told otherwise.")
  private boolean user;

  @Option(
      names = "--sys-prefix",
      description = "In the Python environment that is active (VIRTUAL_ENV or CONDA_PREFIX).")
  private boolean sysPrefix;

  @Option(
      names = "--prefix",
      paramLabel = "FOLDER",
      description = "Below this folder, for example that of a virtual environment.")
  private @Nullable Path prefix;

  @Option(
      names = "--name",
      defaultValue = DEFAULT_NAME,
      description = "Its name in notebooks and on command lines (default ${DEFAULT-VALUE}).")
  private String name = DEFAULT_NAME;

  /**
   * Returns the folder of the kernel, which need not exist.
   *
   * @throws CommandException if two places are asked for, or the name is none that Jupyter takes
   */
  Path folder(JupyterFolders folders) {
    if (Stream.of(user, sysPrefix, prefix != null).filter(asked -> asked).count() > 1) {
      throw new CommandException(
          ExitCode.USAGE, "give one of --user, --sys-prefix and --prefix, not several");
    }
    if (!name.matches("[a-zA-Z0-9._-]+")) {
      throw new CommandException(
          ExitCode.USAGE,
          "--name " + name + ": a kernel's name has letters, digits, dots, - and _ only");
    }
    Path kernels =
        prefix != null
            ? JupyterFolders.kernelsBelow(prefix)
            : sysPrefix ? folders.environmentKernels() : folders.userKernels();
    return kernels.toAbsolutePath().normalize().resolve(name);
  }

  /**
   * Returns the kernel of this place, or the first that Jupyter finds where no place was given.
   *
   * @throws CommandException if there is none, or as {@link #folder} does
   */
  KernelSpec installed(JupyterFolders folders) throws IOException {
    Path folder = folder(folders);
    boolean isPlaceGiven = user || sysPrefix || prefix != null;
    return (isPlaceGiven ? JupyterFolders.kernelIn(folder) : folders.find(name))
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.NOT_FOUND,
                    "no kernel %s is installed%s; %s installs it"
                        .formatted(
                            name,
                            isPlaceGiven ? " in " + folder.getParent() : "",
                            command("rft kernel install"))));
  }

  /** Returns a command that takes these options, with those that were given. */
  String command(String verb) {
    String place =
        prefix != null
            ? " --prefix " + prefix.toAbsolutePath().normalize()
            : sysPrefix ? " --sys-prefix" : user ? " --user" : "";
    return verb + place + (name.equals(DEFAULT_NAME) ? "" : " --name " + name);
  }
}
