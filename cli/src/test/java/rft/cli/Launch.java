package rft.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts the launcher as a child process, as a user's shell would. */
final class Launch {
  private static final int PATIENCE_SECONDS = 300;

  private final Path script;
  private final Map<String, String> variables = new HashMap<>();
  private @Nullable Path folder;

  Launch(Path script) {
    this.script = script;
    variables.put("JAVA_HOME", System.getProperty("java.home"));
  }

  /** What the child printed, and how it ended. */
  record Outcome(int exitCode, String out, String err) {}

  /** Sets a variable of the child; an empty value removes it. */
  Launch with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  Launch in(Path workingFolder) {
    folder = workingFolder;
    return this;
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("rft", ".out");
    Path err = Files.createTempFile("rft", ".err");
    try {
      Process process =
          builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + Files.readString(err));
      }
      return new Outcome(process.exitValue(), read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Starts the child and returns while it runs. */
  Background start(String... arguments) throws IOException {
    return new Background(builder(arguments));
  }

  ProcessBuilder builder(String... arguments) {
    List<String> command =
        Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(command);
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    variables.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    return builder;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
