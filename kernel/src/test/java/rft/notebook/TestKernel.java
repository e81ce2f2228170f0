package rft.notebook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import rft.kernel.Kernel;
import rft.magic.NotebookInterpreter;
import rft.wire.ConnectionFile;

/** A real kernel process without the command line, which is a later module. */
final class TestKernel {
  private TestKernel() {}

  /** Returns how to start it. */
  static KernelLaunch launch() throws IOException {
    KernelLaunch launch = KernelLaunch.ofProcess(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
    return new KernelLaunch(
        launch.java(),
        launch.options(),
        launch.classPath(),
        List.of(TestKernel.class.getName()),
        launch.root());
  }

  public static void main(String[] args) throws Exception {
    try (Kernel kernel =
        new Kernel(ConnectionFile.read(Path.of(args[0])), NotebookInterpreter::new, "test")) {
      kernel.await();
    }
    System.exit(0);
  }
}
