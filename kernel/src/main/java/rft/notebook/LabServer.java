package rft.notebook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Progress;

/**
 * JupyterLab as a child process, on this machine only and behind a token.
 *
 * @param log what it prints
 */
record LabServer(LabProgram program, Path log) {
  private static final int FIRST_PORT = 8888;
  private static final int PORTS = 50;
  private static final int TOKEN_BYTES = 24;
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration END = Duration.ofSeconds(15);
  private static final int POLL_MILLIS = 200;

  /**
   * Runs it until it ends or the caller asks to stop.
   *
   * @param port 0 for the first free one
   * @throws CommandException if it does not come up
   */
  void run(Path notebooks, int port, boolean noBrowser, Progress progress)
      throws IOException, InterruptedException {
    int chosen = port == 0 ? freePort() : port;
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    Files.createDirectories(log.toAbsolutePath().getParent());
    ProcessBuilder builder =
        new ProcessBuilder(arguments(notebooks, chosen, noBrowser))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(program.environment(System.getenv()));
    // Not an argument: arguments are seen by every user of the machine.
    builder.environment().put("JUPYTER_TOKEN", token);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!awaitStart(process, chosen, progress)) {
        return;
      }
      progress.say("JupyterLab: http://127.0.0.1:" + chosen + "/lab?token=" + token);
      progress.say("Ctrl-C ends it and its kernels. What it prints is in " + log + ".");
      while (!progress.stopRequested() && !process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {}
    } finally {
      end(process);
    }
  }

  private List<String> arguments(Path notebooks, int port, boolean noBrowser) {
    List<String> arguments = new ArrayList<>(List.of(program.program().toString(), "-y"));
    arguments.add("--ServerApp.ip=127.0.0.1");
    arguments.add("--ServerApp.port=" + port);
    arguments.add("--ServerApp.port_retries=0");
    arguments.add("--ServerApp.root_dir=" + notebooks);
    arguments.add("--MultiKernelManager.default_kernel_name=" + KernelPlace.DEFAULT_NAME);
    if (noBrowser) {
      arguments.add("--no-browser");
    }
    // In a container one often is root, which Jupyter refuses unless told.
    if (System.getProperty("user.name", "").equals("root")) {
      arguments.add("--allow-root");
    }
    return arguments;
  }

  private boolean awaitStart(Process process, int port, Progress progress)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!answers(port)) {
      if (progress.stopRequested()) {
        return false;
      }
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new CommandException(
            ExitCode.FAILED,
            "JupyterLab did not start on port "
                + port
                + ": "
                + new Program(List.of(), log).lastWords()
                + " (see "
                + log
                + ")");
      }
    }
    return true;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), POLL_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    return IntStream.range(FIRST_PORT, FIRST_PORT + PORTS)
        .filter(LabServer::isFree)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.FAILED,
                    "every port from "
                        + FIRST_PORT
                        + " on is in use; name a free one with --port"));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException inUse) {
      return false;
    }
  }

  /** Ends it softly, so that it ends its kernels; then hard. */
  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
