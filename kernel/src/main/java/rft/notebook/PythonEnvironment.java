package rft.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Progress;

/**
 * A Python virtual environment of our own with JupyterLab in it, of the versions that this
 * installation pins. Nothing outside its folder is changed.
 *
 * @param folder of the environment, with the file {@code installed.txt} once it is complete
 * @param requirements the file of pinned versions
 * @param searchPath where to look for Python
 */
record PythonEnvironment(Path folder, Path requirements, String searchPath) {
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  /** A copy of the requirements that were installed: written last. */
  private static final String STAMP = "installed.txt";

  private static final String GET_PYTHON =
      "install Python 3.10 or later with its venv module (Debian: apt-get install python3-venv;"
          + " macOS: brew install python; Windows: winget install Python.Python.3.12)";

  /** Returns the environment of this user and this installation. */
  static PythonEnvironment standard(Path home, Path root) {
    return new PythonEnvironment(
        home.resolve("venv"),
        root.resolve("notebooks").resolve("requirements.txt"),
        System.getenv().getOrDefault("PATH", ""));
  }

  /** Returns a program of the environment, for example {@code jupyter-lab}. */
  Path program(String name) {
    return WINDOWS
        ? folder.resolve("Scripts").resolve(name + ".exe")
        : folder.resolve("bin").resolve(name);
  }

  /** Returns whether the pinned versions are installed. */
  boolean isComplete() throws IOException {
    Path stamp = folder.resolve(STAMP);
    return Files.isRegularFile(stamp)
        && Files.readString(stamp).equals(Files.readString(requirements))
        && Files.isExecutable(program("python"));
  }

  /**
   * Makes the environment if it is not complete.
   *
   * @throws CommandException if there is no Python, no venv module or no network
   */
  void prepare(Progress progress) throws IOException, InterruptedException {
    if (!Files.isRegularFile(requirements)) {
      throw failure("there is no " + requirements + "; is the installation whole?");
    }
    if (isComplete()) {
      return;
    }
    Path python =
        Program.find(searchPath, "python3", "python")
            .orElseThrow(() -> failure("JupyterLab needs Python and there is none; " + GET_PYTHON));
    Files.createDirectories(folder);
    Path log = folder.resolve("install.log");
    Files.deleteIfExists(log);
    progress.say(
        "Making a virtual environment in "
            + folder
            + " and downloading about 50 MB from the Python Package Index: "
            + String.join(", ", pinned()));
    runOrFail(
        new Program(List.of(python.toString(), "-m", "venv", folder.toString()), log),
        "the virtual environment cannot be made",
        GET_PYTHON);
    List<String> pip = new ArrayList<>(List.of(program("python").toString(), "-m", "pip"));
    pip.addAll(List.of("install", "--disable-pip-version-check", "--no-input"));
    pip.addAll(List.of("--requirement", requirements.toString()));
    runOrFail(
        new Program(pip, log),
        "JupyterLab cannot be installed",
        "this needs the network once, and Python 3.10 or later");
    Files.copy(requirements, folder.resolve(STAMP), StandardCopyOption.REPLACE_EXISTING);
    progress.say("JupyterLab is in " + folder + " (" + megabytes() + " MB).");
  }

  private static void runOrFail(Program program, String what, String fix)
      throws IOException, InterruptedException {
    if (!program.run()) {
      throw failure(
          what
              + ": "
              + program.lastWords()
              + "; "
              + fix
              + " (all that was printed is in "
              + program.log()
              + ")");
    }
  }

  private static CommandException failure(String message) {
    return new CommandException(ExitCode.FAILED, message);
  }

  /** Returns what is pinned, for example {@code jupyterlab==4.6.6}. */
  List<String> pinned() throws IOException {
    return Files.readAllLines(requirements).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /** Returns the size on disk. */
  long megabytes() throws IOException {
    return bytesBelow(folder) / 1_000_000;
  }

  /** Returns the bytes of all files below a folder; 0 if there is none. */
  static long bytesBelow(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(PythonEnvironment::size).sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
