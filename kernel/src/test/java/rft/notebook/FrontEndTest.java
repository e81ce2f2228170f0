package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import rft.command.Doctor;
import rft.command.ExitCode;
import rft.command.Progress;

/** The installed kernel under front-ends that are not ours. */
@Tag("slow")
final class FrontEndTest {
  private static final String SHOW =
      """
      import org.dflib.jjava.jupyter.kernel.display.DisplayData;
      import rft.display.CellOutput;
      DisplayData bundle(int n) {
        DisplayData data = new DisplayData("text " + n);
        data.putHTML("<b>" + n + "</b>");
        data.putSVG("<svg xmlns=\\"http://www.w3.org/2000/svg\\"><title>" + n + "</title></svg>");
        data.setDisplayId("live");
        return data;
      }
      CellOutput.current().get().display(bundle(0));""";

  @TempDir Path folder;

  @BeforeEach
  void install() throws Exception {
    Path kernel = JupyterFolders.kernelsBelow(folder).resolve(KernelPlace.DEFAULT_NAME);
    KernelInstall install = new KernelInstall();
    new CommandLine(install).parseArgs("--no-archive");
    install.install(kernel, TestKernel.launch(), Progress.SILENT);
  }

  @Test
  void nbclientKeepsEveryFormOfTheLastUpdate() throws Exception {
    Python python = Python.with("nbclient", "nbformat");
    Path notebook = folder.resolve("n.ipynb");
    Files.writeString(
        notebook,
        Notebook.parse(
                Cells.text(
                    SHOW,
                    "for (int i = 1; i <= 3; i++) CellOutput.current().get().update(bundle(i));",
                    "System.out.println(\"é😀\"); 6 * 7"),
                "n")
            .text());
    Python.Outcome outcome =
        python.run(
            jupyter(),
            "",
            Python.script("run_notebook.py").toString(),
            notebook.toString(),
            KernelPlace.DEFAULT_NAME);
    assertEquals(0, outcome.exitCode(), outcome.err());
    JsonNode cells = JupyterJson.read(outcome.out());
    JsonNode shown = cells.at("/0/0/data");
    assertEquals("text 3", shown.path("text/plain").asText());
    assertEquals("<b>3</b>", shown.path("text/html").asText());
    assertTrue(shown.path("image/svg+xml").asText().contains("<title>3</title>"));
    assertEquals(0, cells.path(1).size(), cells.toString());
    assertEquals("é😀\n", cells.at("/2/0/text").asText());
    assertEquals("42", cells.at("/2/1/data/text~1plain").asText());
  }

  @Test
  void theConsoleAnswersWhatIsTyped() throws Exception {
    Python python = Python.with("jupyter_console");
    Python.Outcome outcome =
        python.run(
            jupyter(),
            "int a = 6;\na * 7\nexit\n",
            "-m",
            "jupyter_console",
            "--simple-prompt",
            "--kernel",
            KernelPlace.DEFAULT_NAME);
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains("42"), outcome.out() + outcome.err());
  }

  @Test
  void theDoctorFindsTheInstalledKernelWell() throws Exception {
    JupyterFolders folders =
        new JupyterFolders(
            Map.of("JUPYTER_PATH", folder.resolve("share/jupyter").toString()), "Linux", folder);
    Doctor.Report report = new KernelDoctor(folders).run(Progress.SILENT);
    assertEquals(ExitCode.OK, report.exitCode(), report.toString());
    assertTrue(
        report.findings().stream().anyMatch(f -> f.found().startsWith("while (true); stops in")),
        report.toString());
  }

  @Test
  void jupyterLabRunsDrawsStopsCompletesAndHelps() throws Exception {
    Python python = Python.with("jupyterlab", "playwright");
    Python.requireChromium();
    Path shots = Path.of(System.getProperty("rft.root", "..")).resolve("target/screenshots");
    Python.Outcome outcome =
        python.run(
            jupyter(),
            "",
            Python.script("lab_in_browser.py").toString(),
            folder.resolve("lab").toString(),
            shots.toAbsolutePath().toString());
    assertEquals(0, outcome.exitCode(), outcome.out() + outcome.err());
    JsonNode findings = JupyterJson.read(outcome.out());
    assertEquals(2, findings.size(), "light and dark");
  }

  private Map<String, String> jupyter() {
    return Map.of(
        "JUPYTER_PATH",
        folder.resolve("share/jupyter").toString(),
        "JUPYTER_RUNTIME_DIR",
        folder.resolve("runtime").toString(),
        "IPYTHONDIR",
        folder.resolve("ipython").toString());
  }
}
