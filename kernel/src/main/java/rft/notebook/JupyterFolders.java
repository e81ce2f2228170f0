package rft.notebook;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rft.command.CommandException;
import rft.command.ExitCode;

/**
 * Where Jupyter looks for kernels.
 *
 * @param variables of the environment
 * @param system {@code os.name}
 * @param userHome the user's own folder
 * @see <a href="https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs">Kernel
 *     specs</a>
 */
record JupyterFolders(Map<String, String> variables, String system, Path userHome) {
  private static final String KERNELS = "kernels";
  private static final String HOME =
      System.getProperty("os.name", "").startsWith("Windows") ? "USERPROFILE" : "HOME";

  JupyterFolders {
    variables = Map.copyOf(variables);
  }

  static JupyterFolders ofProcess() {
    return new JupyterFolders(
        System.getenv(),
        System.getProperty("os.name", ""),
        // Not user.home alone: Jupyter believes the variable, whoever the user is.
        Path.of(System.getenv().getOrDefault(HOME, System.getProperty("user.home", ""))));
  }

  private String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  private boolean isWindows() {
    return system.startsWith("Windows");
  }

  /** Returns the folder of the user's kernels. */
  Path userKernels() {
    return userData().resolve(KERNELS);
  }

  private Path userData() {
    if (!variable("JUPYTER_DATA_DIR").isEmpty()) {
      return Path.of(variable("JUPYTER_DATA_DIR"));
    }
    if (system.startsWith("Mac")) {
      return userHome.resolve("Library").resolve("Jupyter");
    }
    if (isWindows()) {
      return variable("APPDATA").isEmpty()
          ? userHome.resolve(".jupyter").resolve("data")
          : Path.of(variable("APPDATA"), "jupyter");
    }
    return variable("XDG_DATA_HOME").isEmpty()
        ? userHome.resolve(".local").resolve("share").resolve("jupyter")
        : Path.of(variable("XDG_DATA_HOME"), "jupyter");
  }

  /** Returns the folder of the kernels below a prefix, for example a virtual environment. */
  static Path kernelsBelow(Path prefix) {
    return prefix.resolve("share").resolve("jupyter").resolve(KERNELS);
  }

  /**
   * Returns the folder of the kernels of the Python environment that is active.
   *
   * @throws CommandException if none is
   */
  Path environmentKernels() {
    return activePrefix()
        .map(JupyterFolders::kernelsBelow)
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.USAGE,
                    "--sys-prefix needs an active Python environment (VIRTUAL_ENV or"
                        + " CONDA_PREFIX); activate one, or name its folder with --prefix"));
  }

  private Optional<Path> activePrefix() {
    return List.of("VIRTUAL_ENV", "CONDA_PREFIX").stream()
        .map(this::variable)
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .findFirst();
  }

  /** Returns the folders of kernels in the order in which Jupyter looks through them. */
  List<Path> searched() {
    List<Path> folders = new ArrayList<>();
    for (String folder : variable("JUPYTER_PATH").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty()) {
        folders.add(Path.of(folder).resolve(KERNELS));
      }
    }
    activePrefix().ifPresent(prefix -> folders.add(kernelsBelow(prefix)));
    folders.add(userKernels());
    if (isWindows()) {
      if (!variable("PROGRAMDATA").isEmpty()) {
        folders.add(Path.of(variable("PROGRAMDATA"), "jupyter", KERNELS));
      }
    } else {
      folders.add(kernelsBelow(Path.of("/usr/local")));
      folders.add(kernelsBelow(Path.of("/usr")));
    }
    return List.copyOf(folders);
  }

  /** Returns the first kernel of this name that Jupyter finds. */
  Optional<KernelSpec> find(String name) throws IOException {
    for (Path folder : searched()) {
      Optional<KernelSpec> kernel = kernelIn(folder.resolve(name));
      if (kernel.isPresent()) {
        return kernel;
      }
    }
    return Optional.empty();
  }

  /** Returns the kernel of a folder, if one is installed there. */
  static Optional<KernelSpec> kernelIn(Path folder) throws IOException {
    return Files.isRegularFile(folder.resolve(KernelSpec.FILE))
        ? Optional.of(KernelSpec.read(folder))
        : Optional.empty();
  }
}
