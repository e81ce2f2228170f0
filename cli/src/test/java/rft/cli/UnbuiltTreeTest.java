package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree that is not built, with programs on its path that only pretend. */
@DisabledOnOs(OS.WINDOWS)
final class UnbuiltTreeTest {
  private static final Path ROOT = Path.of(System.getProperty("rft.root", ".."));
  private static final List<String> TOOLS =
      List.of("cat", "find", "grep", "head", "mkdir", "mv", "readlink", "rm", "sed", "sh", "sleep");

  /** Plays Java: records its arguments, and makes an archive when told to. */
  private static final String JAVA =
      """
      for a in "$@"; do
        case $a in -XX:ArchiveClassesAtExit=*) : >"${a#*=}"; exit 0 ;; esac
      done
      printf '%s\\n' "$@"
      """;

  /** Plays Maven: prints what it prints and makes the jars. */
  private static final String MAVEN =
      """
      case $1 in -version) echo 'Apache Maven 3.9.9 (abc)'; exit 0 ;; esac
      echo "$@" >>"$PWD/maven.log"
      echo '[INFO] Building RFT Workbench: tasks 0.1   [2/7]'
      echo 'Downloaded from central: https://host.example/a/pytorch.jar (110 MB at 20 MB/s)'
      echo 'Downloaded from central: https://host.example/a/small.pom (1 kB at 2 kB/s)'
      for m in tasks runs reward-templates training commands web serving workbench-server kernel cli; do
        mkdir -p "$TREE/target/lib/rft-$m"; : >"$TREE/target/lib/rft-$m/rft-$m.jar"
      done
      """;

  @TempDir Path folder;
  private Path tree = Path.of("");
  private Path bin = Path.of("");
  private Path jdk = Path.of("");

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectories(folder.resolve("a tree"));
    Files.copy(ROOT.resolve("rft"), tree.resolve("rft"));
    executable(tree.resolve("rft"));
    Files.createFile(tree.resolve("pom.xml"));
    for (String module : ShippedTreeTest.MODULES) {
      Files.createDirectories(tree.resolve(module + "/src/main"));
      Files.createFile(tree.resolve(module + "/pom.xml"));
    }
    bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      program(bin.resolve(tool), "exec " + find(tool) + " \"$@\"\n");
    }
    program(bin.resolve("mvn"), MAVEN);
    jdk = Files.createDirectories(folder.resolve("jdk"));
    program(jdk.resolve("bin/java"), JAVA);
    program(jdk.resolve("bin/javac"), "");
    release("21.0.4");
  }

  @Test
  void withoutJavaOneSentenceSaysHowToGetOne() throws Exception {
    assertRefused(launch().with("JAVA_HOME", "").run("data"), "there is no java; install one");
    assertRefused(
        launch().with("JAVA_HOME", folder.resolve("no").toString()).run("data"), "has no bin/java");
  }

  @Test
  void aJavaTooOldIsRefusedByNumber() throws Exception {
    release("11.0.2");
    assertRefused(launch().run("--help"), "bin/java is 11.0.2; install one");
    Files.delete(jdk.resolve("release"));
    program(jdk.resolve("bin/java"), "echo 'java version \"1.8.0_402\"' >&2");
    assertRefused(launch().run("--help"), "bin/java is 1.8.0_402; install one");
  }

  @Test
  void withoutMavenOneSentenceSaysHowToGetOne() throws Exception {
    Files.delete(bin.resolve("mvn"));
    assertRefused(launch().run("quickstart"), "there is no mvn; install one");
  }

  @Test
  void aMavenTooOldIsRefusedByNumber() throws Exception {
    program(bin.resolve("mvn"), "echo 'Apache Maven 3.6.3 (abc)'");
    assertRefused(launch().run("quickstart"), "mvn is 3.6.3; install one");
  }

  @Test
  void aJreCannotBuild() throws Exception {
    Files.delete(jdk.resolve("bin/javac"));
    assertRefused(launch().run("quickstart"), "is a JRE without javac");
  }

  @Test
  void helpSaysHowToBuildAndBuildsNothing() throws Exception {
    for (String argument : List.of("--help", "-h", "--version", "help")) {
      assertRefused(launch().run(argument), "rft build' builds it");
    }
    assertFalse(Files.exists(folder.resolve("maven.log")));
  }

  @Test
  void quickstartBuildsOnlyWhatItNeedsAndSaysWhatIsDownloaded() throws Exception {
    Launch.Outcome outcome = launch().run("quickstart", "--seed", "3");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains("downloads about 200 MB"), outcome.err());
    assertTrue(outcome.err().contains("  Building RFT Workbench: tasks 0.1"), outcome.err());
    assertTrue(outcome.err().contains("  downloaded pytorch.jar (110 MB"), outcome.err());
    assertFalse(outcome.err().contains("small.pom"), outcome.err());
    String maven = Files.readString(folder.resolve("maven.log"));
    assertTrue(maven.contains("package -pl cli -am"), maven);
    assertTrue(outcome.out().endsWith("rft.cli.Main\nquickstart\n--seed\n3\n"), outcome.out());
  }

  @Test
  void anyOtherVerbBuildsTooAndOnlyOnce() throws Exception {
    assertEquals(0, launch().run("data", "check", "f").exitCode());
    assertEquals(0, launch().run("data", "check", "f").exitCode());
    assertEquals(1, Files.readAllLines(folder.resolve("maven.log")).size());
  }

  @Test
  void quickstartBuildsAgainWhenASourceIsNewer() throws Exception {
    launch().run("build");
    launch().run("quickstart");
    assertEquals(1, Files.readAllLines(folder.resolve("maven.log")).size());
    Path source = Files.createFile(tree.resolve("tasks/src/main/A.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    launch().run("quickstart");
    assertEquals(2, Files.readAllLines(folder.resolve("maven.log")).size());
  }

  @Test
  void aFailedBuildShowsItsErrorsAndWhereTheRestIs() throws Exception {
    program(
        bin.resolve("mvn"),
        "case $1 in -version) echo Apache Maven 3.9.9; exit 0 ;; esac\n"
            + "echo '[ERROR] no such symbol'; echo '[INFO] more'; exit 1");
    Launch.Outcome outcome = launch().run("build");
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("[ERROR] no such symbol\nrft: the build failed"));
    assertTrue(Files.readString(tree.resolve("target/build.log")).contains("[INFO] more"));
    assertFalse(Files.exists(tree.resolve("target/building")));
  }

  @Test
  void aLockLeftByAKilledBuildIsIgnored() throws Exception {
    Files.createDirectories(tree.resolve("target/building"));
    Files.writeString(tree.resolve("target/building/pid"), "99999999\n");
    assertEquals(0, launch().run("build").exitCode());
  }

  @Test
  void flagsFollowTheVersionOfJava() throws Exception {
    launch().run("build");
    String old = launch().run("version").out();
    assertFalse(old.contains("--enable-native-access"), old);
    assertTrue(old.contains("-XX:TieredStopAtLevel=1"), old);
    for (String verb : List.of("workbench", "serve", "kernel run", "--json serve")) {
      String lasting = launch().run(verb.split(" ")).out();
      assertTrue(lasting.contains("rft.cli.Main") && !lasting.contains("-XX:Tiered"), lasting);
    }
    release("25.0.1");
    launch().run("build");
    String fresh = launch().run("--json", "train").out();
    assertTrue(fresh.contains("--enable-native-access=ALL-UNNAMED"), fresh);
    String own =
        launch().with("RFT_JAVA_OPTS", "-XX:TieredStopAtLevel=4").run("runs", "resume", "r").out();
    int ours = own.indexOf("-XX:TieredStopAtLevel=1");
    assertTrue(
        ours >= 0 && ours < own.indexOf("-XX:TieredStopAtLevel=4"), "the last counts: " + own);
  }

  private static void assertRefused(Launch.Outcome outcome, String part) {
    assertEquals(1, outcome.exitCode());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("rft: "), outcome.err());
    assertTrue(outcome.err().contains(part), outcome.err());
  }

  private Launch launch() {
    return new Launch(tree.resolve("rft"))
        .in(folder)
        .with("PATH", bin.toString())
        .with("HOME", folder.toString())
        .with("TREE", tree.toString())
        .with("JAVA_HOME", jdk.toString());
  }

  private void release(String version) throws IOException {
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\nOS=\"L\"\n");
  }

  private static void program(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body);
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path find(String tool) {
    Optional<Path> found =
        Stream.of("/bin", "/usr/bin")
            .map(folder -> Path.of(folder, tool))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseThrow();
  }
}
