package rft.magic;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Runs the lines below in a shell; they read nothing and end with the cell. */
@Command(
    name = "bash",
    description = "Run the lines below in bash; its output appears as it comes.",
    footer = {"  %%%%bash", "  ls -l"})
final class BashMagic implements CellCommand {
  /** What the script left running may hold its output open for ever. */
  private static final long LAST_OUTPUT_MILLIS = 500;

  BashMagic() {}

  @Override
  public boolean takesRawLine() {
    return true;
  }

  @Override
  public Optional<Object> run(MagicCall call) throws IOException, InterruptedException {
    if (!call.hasBody()) {
      throw call.wrong("Usage", call.magic().title() + " runs the lines below it: there are none");
    }
    Path script = Files.createTempFile("rft-cell", ".sh");
    try {
      Files.writeString(script, call.body());
      Process process = start(call, script);
      try {
        int exit = follow(process);
        if (exit != 0) {
          throw call.wrong("ExitCode" + exit, "the script ended with exit code " + exit);
        }
      } finally {
        kill(process);
      }
    } finally {
      Files.deleteIfExists(script);
    }
    return Optional.empty();
  }

  private static Process start(MagicCall call, Path script) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(call.magic().name().equals("sh") ? "sh" : "bash"));
    command.add(script.toString());
    for (String argument : call.magic().tail().strip().split("\\s+")) {
      if (!argument.isEmpty()) {
        command.add(argument);
      }
    }
    try {
      return new ProcessBuilder(command)
          .redirectInput(ProcessBuilder.Redirect.from(nothing().toFile()))
          .start();
    } catch (IOException e) {
      throw call.wrong(
          "NoShell", "this machine cannot start " + command.get(0) + ": " + e.getMessage());
    }
  }

  private static Path nothing() {
    Path device = Path.of("/dev/null");
    return Files.exists(device) ? device : Path.of("NUL");
  }

  private static int follow(Process process) throws InterruptedException {
    Thread out = copy(process.getInputStream(), System.out);
    Thread err = copy(process.getErrorStream(), System.err);
    int exit = process.waitFor();
    out.join(LAST_OUTPUT_MILLIS);
    err.join(LAST_OUTPUT_MILLIS);
    return exit;
  }

  /** Starts a thread, which prints to the cell because it inherits where the cell prints. */
  private static Thread copy(InputStream from, PrintStream to) {
    Thread thread =
        new Thread(
            () -> {
              try (Reader reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
                char[] buffer = new char[8192];
                for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                  to.print(new String(buffer, 0, n));
                  to.flush();
                }
              } catch (IOException e) {
                // The process was ended while it wrote.
              }
            },
            "rft-bash");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
