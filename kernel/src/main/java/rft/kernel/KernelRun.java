package rft.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import rft.cell.Interpreter;
import rft.command.ProductVersion;
import rft.command.Progress;
import rft.command.Result;
import rft.command.Verb;
import rft.magic.NotebookInterpreter;
import rft.wire.ConnectionFile;

/** Runs a kernel in this process until a front-end ends it: what a kernelspec starts. */
@Command(
    name = "kernel run",
    description = "Run the kernel for a front-end, which starts this.",
    footer = "  rft kernel run connection.json",
    hidden = true)
public final class KernelRun implements Verb<KernelRun.Ended> {
  /** A user's shutdown hook must not keep a kernel that was told to end. */
  private static final long PATIENCE_MILLIS = 5000;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "Where to listen: the connection file that the front-end wrote.")
  private Path file = Path.of("connection.json");

  /** That the kernel was ended, not how. */
  public record Ended() implements Result {
    @Override
    public Optional<String> text() {
      return Optional.of("The kernel has ended.");
    }
  }

  /** For picocli, which sets the options. */
  public KernelRun() {}

  /**
   * @param file where to listen
   */
  public KernelRun(Path file) {
    this.file = file;
  }

  @Override
  public Ended run(Progress progress) throws IOException, InterruptedException {
    ConnectionFile connection = ConnectionFile.read(file);
    String version = new ProductVersion().run(progress).version();
    try (Kernel kernel = new Kernel(connection, KernelRun::warmInterpreter, version)) {
      // Only then, so that output of the last cells still leaves when the process is told to end.
      Runtime.getRuntime().addShutdownHook(Daemon.thread("rft-end", kernel::close));
      InterruptSignal.calls(kernel::interrupt);
      ParentProcess.whenEnded(System.getenv(), kernel::end);
      kernel.await();
    }
    Daemon.thread("rft-halt", KernelRun::haltSoon).start();
    return new Ended();
  }

  private static Interpreter warmInterpreter() {
    NotebookInterpreter interpreter = new NotebookInterpreter();
    interpreter.warmUp();
    return interpreter;
  }

  private static void haltSoon() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      // Then at once.
    }
    Runtime.getRuntime().halt(0);
  }
}
