package rft.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at programs that only some commands need: GPU driver, Python and browser. */
final class ToolProbes {
  private final Surroundings surroundings;

  ToolProbes(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  List<Probe> all() {
    return List.of(this::gpu, new SandboxProbe(), this::python, this::jupyter, this::chromium);
  }

  private Finding gpu() {
    Optional<String> names =
        surroundings
            .program("nvidia-smi")
            .flatMap(smi -> surroundings.output(smi, "--query-gpu=name", "--format=csv,noheader"));
    if (names.isEmpty()) {
      return Finding.ok("GPU", "no NVIDIA GPU; training uses the processor");
    }
    String found = names.get().replace("\n", ", ");
    return surroundings.variable("PYTORCH_LIBRARY_PATH").isEmpty()
        ? Finding.warn("GPU", found + ", not used", "see docs/gpu.md: set PYTORCH_LIBRARY_PATH")
        : Finding.ok("GPU", found);
  }

  private Finding python() {
    return found(
        "Python",
        "only JupyterLab needs it",
        "Debian: apt-get install python3-venv",
        "python3",
        "python");
  }

  private Finding jupyter() {
    return found(
        "Jupyter",
        "only notebooks in the browser need it",
        "rft prepare (makes an environment of its own; rft lab then opens it)",
        "jupyter-lab",
        "jupyter");
  }

  private Finding chromium() {
    return found(
        "Chromium",
        "only the tests of the web page need it",
        "Debian: apt-get install chromium",
        "chromium",
        "chromium-browser",
        "google-chrome");
  }

  private Finding found(String subject, String purpose, String fix, String... names) {
    Optional<Path> program = surroundings.program(names);
    if (program.isEmpty()) {
      return Finding.warn(subject, "not found; " + purpose, fix);
    }
    return surroundings
        .output(program.get(), "--version")
        .map(printed -> Finding.ok(subject, lastLine(printed) + " in " + program.get()))
        .orElseGet(() -> Finding.warn(subject, program.get() + " does not run; " + purpose, fix));
  }

  private static String lastLine(String printed) {
    return printed.substring(printed.lastIndexOf('\n') + 1);
  }
}
