package rft.notebook;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rft.command.Progress;

/**
 * The JupyterLab to use: the one on the search path, or ours.
 *
 * @param program {@code jupyter-lab}
 * @param prefix below which our kernel is installed: the environment itself if it is ours, else a
 *     folder of ours, so that an environment of the user stays as it is
 * @param isOurs whether it is our own environment
 */
record LabProgram(Path program, Path prefix, boolean isOurs) {
  /** Finds it; makes our own environment where there is none. */
  static LabProgram find(Path home, Path root, Progress progress)
      throws IOException, InterruptedException {
    PythonEnvironment own = PythonEnvironment.standard(home, root);
    Optional<Path> installed = Program.find(own.searchPath(), "jupyter-lab");
    if (installed.isPresent() && !own.isComplete()) {
      return new LabProgram(installed.get(), home.resolve("jupyter"), false);
    }
    own.prepare(progress);
    return new LabProgram(own.program("jupyter-lab"), own.folder(), true);
  }

  /** Installs the kernel, unless it is there already as this installation would install it. */
  void installKernel(KernelLaunch launch, Progress progress)
      throws IOException, InterruptedException {
    Path folder = JupyterFolders.kernelsBelow(prefix).resolve(KernelPlace.DEFAULT_NAME);
    List<String> command =
        launch.arguments(launch.archive().flag(launch), KernelSpec.CONNECTION_FILE);
    if (!launch.archive().fits(launch)
        || !Files.isRegularFile(folder.resolve(KernelSpec.FILE))
        || !KernelSpec.read(folder).command().equals(command)) {
      new KernelInstall().install(folder, launch, progress);
    }
  }

  /** Returns the variables that make Jupyter find the kernel. */
  Map<String, String> environment(Map<String, String> own) {
    String path = own.getOrDefault("JUPYTER_PATH", "");
    String ours = prefix.resolve("share").resolve("jupyter").toString();
    return isOurs
        ? Map.of()
        : Map.of("JUPYTER_PATH", path.isEmpty() ? ours : ours + File.pathSeparator + path);
  }
}
