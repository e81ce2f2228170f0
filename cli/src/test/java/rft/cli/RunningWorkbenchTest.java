package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The workbench as the launcher starts it: a process of its own, looked at from outside. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RunningWorkbenchTest {
  private static final String LISTENING = "0A";

  @TempDir static Path folder;
  private Path home;
  private UserHome user;
  private JsonNode running;

  @BeforeAll
  void startInAHomeThatOthersMayEnter() throws Exception {
    home =
        Files.createDirectory(
            folder.resolve("home"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    user = new UserHome(folder, home);
    String log = "-Xlog:class+load:file=" + folder.resolve("classes-%p");
    running = workbench(user.launch().with("RFT_JAVA_OPTS", log), "--background", "--port=0");
  }

  @AfterAll
  void itEndsWhenItIsTold() throws Exception {
    assertEquals("ended", workbench("--stop").path("state").asText());
    assertFalse(
        ProcessHandle.of(running.path("pid").asLong()).map(ProcessHandle::isAlive).orElse(false));
    assertFalse(Files.exists(home.resolve("workbench.json")));
  }

  private JsonNode workbench(String... options) throws Exception {
    return workbench(user.launch(), options);
  }

  private static JsonNode workbench(Launch launch, String... options) throws Exception {
    String[] words =
        Stream.concat(Stream.of("workbench", "--json"), Stream.of(options)).toArray(String[]::new);
    Launch.Outcome outcome = launch.run(words);
    assertEquals(0, outcome.exitCode(), outcome.err());
    return new ObjectMapper().readTree(outcome.out());
  }

  private int get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(running.path("url").asText() + path))
            .header("Authorization", "Bearer " + token())
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private String token() throws IOException {
    return Files.readString(home.resolve("workbench.token")).strip();
  }

  @Test
  void whoComesSecondGetsTheSameOneWithACodeOfItsOwn() throws Exception {
    JsonNode second = workbench();
    assertEquals("running", second.path("state").asText());
    assertEquals(running.path("pid"), second.path("pid"));
    assertEquals(running.path("url"), second.path("url"));
    assertFalse(running.path("link").equals(second.path("link")), "a code was given twice");
    assertTrue(ProcessHandle.of(running.path("pid").asLong()).isPresent());
  }

  @Test
  void whoWantsAnotherPortIsToldThatItRunsAlready() throws Exception {
    Launch.Outcome second = user.ok("workbench", "--json", "--port=1");
    assertTrue(second.err().contains("stays as it was started"), second.err());
    assertEquals(running.path("url"), new ObjectMapper().readTree(second.out()).path("url"));
    assertFalse(user.ok("workbench", "--json").err().contains("stays as it was started"));
  }

  @Test
  void anAddressThatOthersReachMustBeMeant() throws Exception {
    UserHome other = new UserHome(folder, folder.resolve("other"));
    for (String option : List.of("--json", "--background")) {
      Launch.Outcome refused = other.rft("workbench", "--host=0.0.0.0", option);
      assertEquals(2, refused.exitCode(), refused.err());
      assertTrue(refused.err().contains("--i-know"), refused.err());
    }
  }

  @Test
  void itHasLoadedNoEngineAndListensNowhereElse() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs /proc");
    for (String path : List.of("/", "/api/session", "/api/runs", "/api/metrics")) {
      assertEquals(200, get(path), path);
    }
    long pid = running.path("pid").asLong();
    String classes = Files.readString(folder.resolve("classes-" + pid));
    assertTrue(classes.contains("rft.web.LocalServer"));
    assertFalse(classes.contains(" ai.djl."), "a class of the engine is loaded");
    assertFalse(classes.contains("sun.management.jmxremote"), "it can be managed from outside");
    Set<String> engine = jars(UserHome.ROOT.resolve("target/lib/rft-training"));
    engine.remove("rft-training.jar");
    assertTrue(engine.size() > 5, engine.toString());
    Set<String> loaded = loadedJars(pid);
    assertTrue(loaded.contains("rft-web.jar"), loaded.toString());
    loaded.retainAll(engine);
    assertEquals(Set.of(), loaded, "jars of the engine are open");
    int port = URI.create(running.path("url").asText()).getPort();
    assertEquals(List.of("127.0.0.1:" + port), listening(pid));
  }

  private static Set<String> jars(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Returns the jars on the class path of a process and those that it has open. */
  private static Set<String> loadedJars(long pid) throws IOException {
    Set<String> jars = new TreeSet<>();
    String command = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    for (String word : command.split("[\0:]")) {
      jars.add(Path.of(word).getFileName() + "");
    }
    for (Path file : descriptors(pid)) {
      jars.add(file.getFileName() + "");
    }
    jars.removeIf(name -> !name.endsWith(".jar"));
    return jars;
  }

  private static List<Path> descriptors(long pid) throws IOException {
    List<Path> targets = new ArrayList<>();
    try (Stream<Path> links = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path link : links.toList()) {
        if (Files.isSymbolicLink(link)) {
          targets.add(Files.readSymbolicLink(link));
        }
      }
    }
    return targets;
  }

  /** Returns the addresses that sockets of a process listen on. */
  private static List<String> listening(long pid) throws IOException {
    Set<String> own =
        descriptors(pid).stream()
            .map(Path::toString)
            .filter(target -> target.startsWith("socket:["))
            .map(target -> target.substring("socket:[".length(), target.length() - 1))
            .collect(Collectors.toSet());
    List<String> addresses = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length > 9 && fields[3].equals(LISTENING) && own.contains(fields[9])) {
          addresses.add(address(fields[1]));
        }
      }
    }
    return addresses;
  }

  /** The kernel writes an address as hexadecimal words, the last of which holds an IPv4 one. */
  private static String address(String hex) {
    String[] parts = hex.split(":");
    String last = parts[0].substring(parts[0].length() - 8);
    List<String> bytes = new ArrayList<>();
    for (int i = 6; i >= 0; i -= 2) {
      bytes.add("" + Integer.parseInt(last.substring(i, i + 2), 16));
    }
    return String.join(".", bytes) + ":" + Integer.parseInt(parts[1], 16);
  }

  @Test
  void whatItKeepsIsItsUsersAloneAndTheTokenStandsNowhereElse() throws Exception {
    assertEquals(200, get("/api/session"));
    try (Stream<Path> entries = Files.list(home)) {
      for (Path entry : entries.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(entry));
        assertEquals(Files.isDirectory(entry) ? "rwx------" : "rw-------", mode, entry.toString());
      }
    }
    String token = token();
    String code = running.path("link").asText().split("#code=")[1];
    assertFalse(running.toString().contains(token));
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(code), file + " holds a code");
        assertTrue(file.endsWith("workbench.token") || !text.contains(token), file + "");
      }
    }
    String command = Files.readString(Path.of("/proc/" + running.path("pid") + "/cmdline"));
    assertFalse(command.contains(token) || command.contains(code), command);
  }

  @Test
  void aNotebookStartsOneAndShowsALinkToIt() throws Exception {
    String cell =
        """
        {"cell_type": "code", "execution_count": null, "id": "%s", "metadata": {},
         "outputs": [], "source": "%s"}\
        """;
    String notebook =
        """
        {"cells": [%s, %s],
         "metadata": {"kernelspec": {"name": "rft-java", "display_name": "J", "language": "java"}},
         "nbformat": 4, "nbformat_minor": 5}
        """
            .formatted(
                cell.formatted("a", "%workbench --port 0"),
                cell.formatted("b", "%workbench --stop"));
    Path file = Files.writeString(folder.resolve("w.ipynb"), notebook);
    new UserHome(folder, folder.resolve("notebook-home")).ok("notebook", "run", file.toString());
    String shown = Files.readString(file);
    assertTrue(shown.contains("href=\\\"http://127.0.0.1:"), shown);
    assertTrue(shown.contains("/#code="), shown);
    assertTrue(shown.contains("The workbench has ended"), shown);
  }
}
