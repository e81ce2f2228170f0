package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that runs while the test does something to it. Killed when closed. */
final class Background implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path out = Files.createTempFile("rft", ".out");
  private final Path err = Files.createTempFile("rft", ".err");
  private final Process process;

  /** Starts it with the default answer to Ctrl-C, which a test in the background may not have. */
  Background(ProcessBuilder builder) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(builder.command());
    process =
        builder.command(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until standard error holds a text, and returns all of it. */
  String awaitErr(String text) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      boolean alive = isAlive();
      String printed = Files.readString(err);
      if (printed.contains(text)) {
        return printed;
      }
      if (!alive || System.nanoTime() > deadline) {
        throw new AssertionError("never printed \"" + text + "\": " + printed + read(out));
      }
      Thread.sleep(5);
    }
  }

  /** Presses Ctrl-C. */
  void interrupt() throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(pid())).start();
    assertEquals(0, kill.waitFor());
  }

  /** Takes the process away without a word, as the kernel does when memory runs out. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  Launch.Outcome await() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + read(err));
    }
    return new Launch.Outcome(process.exitValue(), read(out), read(err));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    kill();
    Files.delete(out);
    Files.delete(err);
  }
}
