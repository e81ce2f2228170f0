package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Progress;

final class KernelInstallTest {
  @TempDir Path home;

  @Test
  void anEmptyHomeGetsAKernelWithAbsolutePathsOnly() throws Exception {
    Path folder = install("--jvm-opts", " -Xmx3g  -Dx=y ").folder();
    assertEquals(home.resolve(".local/share/jupyter/kernels/rft-java"), folder);
    JsonNode json = JupyterJson.read(Files.readString(folder.resolve("kernel.json")));
    assertEquals("java", json.path("language").asText());
    assertEquals("message", json.path("interrupt_mode").asText());
    assertEquals("Java (RFT)", json.path("display_name").asText());
    assertFalse(json.at("/env/OMP_NUM_THREADS").asText().isEmpty());
    assertFalse(json.at("/env/MALLOC_ARENA_MAX").asText().isEmpty());
    assertFalse(json.at("/env/TORCH_CPP_LOG_LEVEL").asText().isEmpty());
    List<String> command = new ArrayList<>();
    json.path("argv").forEach(part -> command.add(part.asText()));
    assertTrue(Files.isExecutable(Path.of(command.get(0))), command.get(0));
    assertEquals(
        List.of("rft.cli.Main", "kernel", "run", "{connection_file}"),
        command.subList(command.size() - 4, command.size()));
    assertTrue(command.containsAll(List.of("-Xmx3g", "-Dx=y", "-Dfile.encoding=UTF-8")));
    assertTrue(command.stream().anyMatch(part -> part.startsWith("-Drft.root=/")));
    assertEquals(
        Runtime.version().feature() >= 22, command.contains("--enable-native-access=ALL-UNNAMED"));
    for (String entry : command.get(command.indexOf("-cp") + 1).split(File.pathSeparator)) {
      assertTrue(Path.of(entry).isAbsolute() && !entry.contains("*"), entry);
    }
  }

  @Test
  void logosHaveTheSizesThatJupyterLooksFor() throws Exception {
    Path folder = install().folder();
    for (int size : List.of(32, 64)) {
      Path logo = folder.resolve("logo-" + size + "x" + size + ".png");
      assertEquals(size, ImageIO.read(logo.toFile()).getWidth());
    }
    assertTrue(Files.readString(folder.resolve("logo-svg.svg")).startsWith("<svg "));
  }

  @Test
  void theKernelIsFoundByItsNameAndGoneAfterUninstall() throws Exception {
    Path folder = install("--name", "mine", "--display-name", "Mine").folder();
    KernelSpec found = folders().find("mine").orElseThrow();
    assertEquals(folder, found.folder());
    assertEquals("Mine", found.displayName());
    assertTrue(found.isOurs());
    KernelUninstall uninstall = new KernelUninstall(folders());
    new CommandLine(uninstall).parseArgs("--name", "mine");
    assertEquals(folder, uninstall.run(Progress.SILENT).folder());
    assertFalse(Files.exists(folder));
    CommandException missing =
        assertThrows(CommandException.class, () -> uninstall.run(Progress.SILENT));
    assertEquals(ExitCode.NOT_FOUND, missing.exitCode());
  }

  @Test
  void installingAgainReplacesTheOldOne() throws Exception {
    install("--display-name", "Old");
    install("--display-name", "New");
    assertEquals("New", folders().find("rft-java").orElseThrow().displayName());
  }

  @Test
  void aKernelOfSomebodyElseIsNeitherReplacedNorRemoved() throws Exception {
    Path folder = Files.createDirectories(folders().userKernels().resolve("rft-java"));
    Files.writeString(folder.resolve("kernel.json"), "{\"argv\":[\"x\"],\"metadata\":{}}");
    assertThrows(CommandException.class, this::install);
    assertThrows(CommandException.class, () -> new KernelUninstall(folders()).run(Progress.SILENT));
    assertTrue(Files.exists(folder.resolve("kernel.json")));
  }

  @Test
  void aPrefixMayBeNamedButNotTwoPlaces() throws Exception {
    assertEquals(
        home.resolve("env/share/jupyter/kernels/rft-java"),
        install("--prefix", home.resolve("env").toString()).folder());
    CommandException refused =
        assertThrows(CommandException.class, () -> install("--user", "--prefix", "x"));
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertThrows(CommandException.class, () -> install("--name", "../x"));
  }

  @Test
  void itSaysHowTheDoctorFindsAKernelOfAnotherName() throws Exception {
    String said = install("--name", "mine").text().orElseThrow();
    assertTrue(said.contains("Next: rft kernel doctor --name mine checks it"), said);
    assertTrue(install().text().orElseThrow().contains("rft kernel doctor checks it"));
  }

  @Test
  void theDoctorLooksWhereTheKernelWasInstalled() throws Exception {
    Path prefix = home.resolve("env");
    String said = install("--prefix", prefix.toString(), "--name", "mine").text().orElseThrow();
    assertTrue(
        said.contains("Next: rft kernel doctor --prefix " + prefix + " --name mine checks"), said);
    assertEquals(
        prefix.resolve("share/jupyter/kernels/mine"),
        place("--prefix", prefix.toString(), "--name", "mine").installed(folders()).folder());
    KernelDoctor doctor = new KernelDoctor(folders());
    new CommandLine(doctor).parseArgs("--user", "--name", "mine");
    CommandException missing =
        assertThrows(CommandException.class, () -> doctor.run(Progress.SILENT));
    assertEquals(
        "no kernel mine is installed in %s; rft kernel install --user --name mine installs it"
            .formatted(folders().userKernels()),
        missing.getMessage());
  }

  private static KernelPlace place(String... options) {
    KernelPlace place = new KernelPlace();
    new CommandLine(CommandSpec.create().addMixin("place", CommandSpec.forAnnotatedObject(place)))
        .parseArgs(options);
    return place;
  }

  @Test
  void theDoctorSaysHowToInstallAKernelThatIsMissing() {
    CommandException missing =
        assertThrows(
            CommandException.class, () -> new KernelDoctor(folders()).run(Progress.SILENT));
    assertEquals(ExitCode.NOT_FOUND, missing.exitCode());
    assertTrue(missing.getMessage().contains("rft kernel install"), missing.getMessage());
  }

  private KernelInstall.Installed install(String... options) throws Exception {
    KernelInstall install = new KernelInstall(folders());
    CommandLine parser = new CommandLine(install);
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--no-archive");
    parser.parseArgs(arguments.toArray(String[]::new));
    return install.run(Progress.SILENT);
  }

  private JupyterFolders folders() {
    return new JupyterFolders(Map.of(), "Linux", home);
  }
}
