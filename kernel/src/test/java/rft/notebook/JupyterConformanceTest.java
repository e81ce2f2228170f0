package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import rft.command.Progress;

/** The kernel against {@code jupyter_kernel_test}, Jupyter's own conformance tests. */
@Tag("slow")
final class JupyterConformanceTest {
  @TempDir Path folder;

  @Test
  void everyTestOfJupyterPassesButThatOfThePager() throws Exception {
    Python python = Python.with("jupyter_kernel_test");
    KernelInstall install = new KernelInstall();
    new CommandLine(install).parseArgs("--no-archive");
    Path kernels = JupyterFolders.kernelsBelow(folder);
    install.install(
        kernels.resolve(KernelPlace.DEFAULT_NAME), TestKernel.launch(), Progress.SILENT);
    Map<String, String> variables = new HashMap<>();
    variables.put("JUPYTER_PATH", kernels.resolveSibling("").toString());
    variables.put("JUPYTER_DATA_DIR", folder.resolve("data").toString());
    variables.put("RFT_KERNEL_NAME", KernelPlace.DEFAULT_NAME);
    Python.Outcome outcome =
        python.run(variables, "", Python.script("kernel_conformance.py").toString(), "-v");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains("OK (skipped=1)"), outcome.err());
    assertTrue(outcome.err().contains("No code page something"), outcome.err());
  }
}
