package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import rft.command.CommandException;
import rft.command.Progress;

/** With programs that only play Python, so that nothing is downloaded. */
@DisabledOnOs(OS.WINDOWS)
final class PythonEnvironmentTest {
  /** Plays {@code python3 -m venv FOLDER}, whose own Python then plays pip. */
  private static final String PYTHON =
      """
      #!/bin/sh
      echo "$@" >>"$0.log"
      mkdir -p "$3/bin" && cp "$0" "$3/bin/python"
      """;

  @TempDir Path folder;
  private Path requirements = Path.of("");
  private Path bin = Path.of("");
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void pinVersions() throws IOException {
    requirements = Files.writeString(folder.resolve("requirements.txt"), "# why\nlab==1.2\n");
    bin = Files.createDirectories(folder.resolve("bin"));
  }

  @Test
  void itIsMadeOnceAndSaysWhatItDownloads() throws Exception {
    program("python3", PYTHON);
    PythonEnvironment environment = environment();
    assertFalse(environment.isComplete());
    environment.prepare(progress());
    assertTrue(environment.isComplete());
    assertTrue(said.get(0).contains("lab==1.2"), said.toString());
    String calls = Files.readString(environment.program("python.log"));
    assertTrue(calls.startsWith("-m pip install"), calls);
    said.clear();
    environment.prepare(progress());
    assertEquals(List.of(), said);
  }

  @Test
  void otherVersionsAreInstalledAgain() throws Exception {
    program("python3", PYTHON);
    environment().prepare(progress());
    Files.writeString(requirements, "lab==1.3\n");
    assertFalse(environment().isComplete());
    environment().prepare(progress());
    assertTrue(environment().isComplete());
  }

  @Test
  void withoutPythonOneSentenceSaysHowToGetIt() {
    assertRefused("JupyterLab needs Python and there is none; install Python 3.10");
  }

  @Test
  void withoutTheVenvModuleItsOwnWordsAreShown() throws Exception {
    program("python3", "#!/bin/sh\necho 'No module named venv'; exit 1\n");
    assertRefused("No module named venv; install Python 3.10");
    assertFalse(environment().isComplete());
  }

  @Test
  void withoutANetworkPipsLastWordsAreShown() throws Exception {
    program(
        "python3",
        PYTHON.replace("mkdir", "case $2 in pip) echo 'ERROR: no network'; exit 1; esac\nmkdir"));
    assertRefused("JupyterLab cannot be installed: ERROR: no network; this needs the network");
    assertFalse(environment().isComplete());
  }

  private void assertRefused(String part) {
    CommandException refused =
        assertThrows(CommandException.class, () -> environment().prepare(progress()));
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
  }

  private PythonEnvironment environment() {
    String path = bin + File.pathSeparator + "/nowhere";
    return new PythonEnvironment(folder.resolve("venv"), requirements, path);
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(bin.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Progress progress() {
    return new Progress() {
      @Override
      public void report(Update update) {}

      @Override
      public void say(String sentence) {
        said.add(sentence);
      }
    };
  }
}
