package rft.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SandboxesTest {
  private static final Command COMMAND =
      new Command(
          List.of("python3", "/job/a.py"), Map.of("a.py", ""), "", Limits.standard(), List.of());

  @Test
  void withoutAProgramTheMessageSaysHowToGetOne() throws Exception {
    Sandboxes.Search none = Sandboxes.Search.of(Map.of("PATH", "/nowhere"), "Linux");

    assertNull(none.sandbox());
    assertEquals(
        "no sandbox works here (bubblewrap: bwrap is not on the PATH; docker: not on the PATH;"
            + " podman: not on the PATH), and code that is not trusted runs in one only",
        none.problem());
    assertEquals(
        "Install bubblewrap (Debian, Ubuntu: apt-get install bubblewrap; Fedora: dnf install"
            + " bubblewrap)",
        none.advice());
    assertTrue(
        Sandboxes.Search.of(Map.of("PATH", ""), "Mac OS X")
            .advice()
            .endsWith("docker pull python:3.12-slim-bookworm"));
  }

  @Test
  void aProgramThatIsolatesNothingIsNotTakenForASandbox(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/bash")), "needs bash");
    Path fake = folder.resolve("bwrap");
    Files.writeString(
        fake,
        """
        #!/bin/bash
        while [ "$1" != bash ]; do
          [ "$1" = --ro-bind ] && [ "$3" = /job ] && job=$2
          shift
        done
        exec bash "$job/check.sh" "${@:3}"
        """);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));

    Sandboxes.Search search = Sandboxes.Search.of(Map.of("PATH", folder.toString()), "Linux");

    assertNull(search.sandbox());
    String tried = search.tried().get(search.tried().size() - 1);
    for (String act :
        List.of(
            "it allows a connection to this machine",
            "it allows reading a file of the host",
            "it allows a nested user namespace")) {
      assertTrue(tried.contains(act), tried);
    }
  }

  @Test
  void bubblewrapIsAskedForEveryPartOfThePolicy() {
    Path job = Path.of("/var/job");
    String line =
        String.join(
            " ",
            new Bubblewrap(Path.of("/usr/bin/bwrap"), false)
                .confine(COMMAND, job, false)
                .arguments());

    for (String part :
        List.of(
            "prlimit --cpu=10 --fsize=16777216 --nofile=256:256 --core=0 -- /usr/bin/bwrap",
            "--unshare-all --unshare-user --disable-userns --die-with-parent --new-session",
            "--cap-drop ALL --clearenv",
            "--size 67108864 --tmpfs /scratch --symlink scratch /tmp",
            "--ro-bind /var/job /job --remount-ro / --chdir /scratch --",
            "/usr/bin/prlimit --as=1073741824 --nproc=64:64 -- python3 /job/a.py")) {
      assertTrue(line.contains(part), line);
    }
    assertFalse(line.contains("setpriv"));
    List<String> ofRoot =
        new Bubblewrap(Path.of("/usr/bin/bwrap"), true).confine(COMMAND, job, true).arguments();
    assertTrue(ofRoot.contains("setpriv") && ofRoot.contains("--clear-groups"), ofRoot.toString());
    assertFalse(ofRoot.stream().anyMatch(part -> part.startsWith("--cpu")), ofRoot.toString());
  }

  @Test
  void aFolderInTheTemporaryFolderCanBeShown(@TempDir Path folder) throws Exception {
    Sandbox sandbox = Isolation.required();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("file"), "seen");
    List<String> cat = List.of("cat", folder.resolve("file").toString());

    assertEquals(
        "seen",
        sandbox.run(new Command(cat, Map.of(), "", Limits.standard(), List.of(folder))).output());
    assertEquals(1, sandbox.run(new Command(cat, Map.of(), "", Limits.standard())).exitCode());
  }

  @Test
  void aContainerIsAskedForEveryPartOfThePolicy() {
    Containers docker = new Containers(Path.of("/usr/bin/docker"), Containers.IMAGE);
    String line = String.join(" ", docker.confine(COMMAND, Path.of("/var/job"), false).arguments());

    assertEquals("docker", docker.name());
    assertFalse(docker.hasHostPrograms());
    for (String part :
        List.of(
            "/usr/bin/docker run --rm --interactive --init --pull never --name rft-",
            "--network none --ipc none --read-only --cap-drop ALL --security-opt"
                + " no-new-privileges --user 65534:65534 --pids-limit 64",
            "--memory 1073741824 --memory-swap 1073741824",
            "--tmpfs /scratch:rw,nosuid,nodev,mode=1777,size=67108864",
            "--mount type=bind,source=/var/job,target=/job,readonly",
            "python:3.12-slim-bookworm timeout --signal KILL 11 python3 /job/a.py")) {
      assertTrue(line.contains(part), line);
    }
    String worker = String.join(" ", docker.confine(COMMAND, null, true).arguments());
    assertTrue(worker.endsWith("python:3.12-slim-bookworm python3 /job/a.py"), worker);
    assertFalse(worker.contains("cpu=") || worker.contains("--mount"), worker);
  }

  @Test
  void aPythonThatCannotBeSeenIsPassedOverAndSaid(@TempDir Path folder) throws Exception {
    Sandbox sandbox = Isolation.required();
    Map<String, String> named =
        Map.of(PythonInterpreter.VARIABLE, folder.resolve("python").toString());

    PythonInterpreter python = PythonInterpreter.search(sandbox, named);

    assertTrue(python.version().startsWith("3."), python.toString());
    assertTrue(python.passedOver().get(0).startsWith(folder + "/python does not run"));
  }

  @Test
  void limitsAndCommandsThatMakeNoSenseAreRefused() {
    Limits limits = Limits.standard();
    assertThrows(IllegalArgumentException.class, () -> limits.withTime(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> limits.withMemory(0));
    assertThrows(IllegalArgumentException.class, () -> limits.withOutput(-1));
    assertThrows(
        IllegalArgumentException.class, () -> new Command(List.of(), Map.of(), "", limits));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Command(List.of("x"), Map.of("../a", ""), "", limits));
  }

  @Test
  void withoutAnySandboxCodeStillHasItsLimits() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs prlimit");
    Sandbox none = new ProcessSandbox(new Unconfined(true));
    Command sleeps =
        new Command(
            List.of("sh", "/job/a.sh"),
            Map.of("a.sh", "cat; sleep 3601 & sleep 3601"),
            "read",
            Limits.standard().withTime(Duration.ofMillis(500)));

    Outcome outcome = none.run(sleeps);

    assertTrue(Sandboxes.isUnsafe(none));
    assertEquals(Outcome.Ending.TIMED_OUT, outcome.ending());
    assertEquals("read", outcome.output());
    assertEquals(
        0,
        ProcessHandle.allProcesses()
            .filter(p -> p.isAlive() && p.info().commandLine().orElse("").endsWith("sleep 3601"))
            .count());
  }
}
