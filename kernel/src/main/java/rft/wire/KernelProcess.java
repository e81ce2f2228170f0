package rft.wire;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A kernel that this process started, its connection file and what it wrote to the terminal. */
final class KernelProcess implements AutoCloseable {
  private static final int LAST_WORDS = 4000;

  private final Path scratch;
  private final Path log;
  private final Process process;
  private final ConnectionFile connection;

  private KernelProcess(Path scratch, Path log, Process process, ConnectionFile connection) {
    this.scratch = scratch;
    this.log = log;
    this.process = process;
    this.connection = connection;
  }

  static KernelProcess start(KernelCommand command) throws IOException {
    Path scratch = Files.createTempDirectory("rft-kernel-");
    Path file = scratch.resolve("connection.json");
    Path log = scratch.resolve("kernel.log");
    ConnectionFile connection = ConnectionFile.fresh("");
    connection.write(file);
    ProcessBuilder builder =
        new ProcessBuilder(command.argv(file))
            .directory(command.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // So that it ends with us, however we end.
    builder.environment().put("JPY_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
    builder.environment().putAll(command.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    return new KernelProcess(scratch, log, process, connection);
  }

  ConnectionFile connection() {
    return connection;
  }

  Process process() {
    return process;
  }

  /** Returns the end of what it wrote to the terminal. */
  String lastWords() {
    try {
      String all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
      return all.substring(Math.max(0, all.length() - LAST_WORDS)).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Waits for its end a while, then kills it with everything that it started. */
  void end(Duration patience) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
        process.waitFor(2, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      interrupted = true;
      kill();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    end(Duration.ofSeconds(3));
    File[] files = scratch.toFile().listFiles();
    if (files != null) {
      for (File each : files) {
        each.delete();
      }
    }
    scratch.toFile().delete();
  }
}
