package rft.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out whether a sandbox holds, by really trying in it what it must refuse. */
final class SandboxCheck {
  /** Prints a line for each act that worked, and the first and the last line if it ran at all. */
  private static final String SCRIPT =
      """
      echo begun
      command -v unshare >/dev/null || echo "this image lacks unshare (util-linux)"
      (exec 3<>/dev/tcp/127.0.0.1/$1) 2>/dev/null && echo "a connection to this machine"
      while IFS=: read -r name rest; do
        case $name in *lo|Inter*|*face*) ;; *) echo "a network interface"; break ;; esac
      done </proc/net/dev
      cat "$2" >/dev/null 2>&1 && echo "reading a file of the host"
      ls /root/* /home/* >/dev/null 2>&1 && echo "reading a home"
      (: >/usr/rft-check) 2>/dev/null && echo "writing to /usr"
      (: >/rft-check) 2>/dev/null && echo "writing to /"
      (: >/job/check) 2>/dev/null && echo "writing to its job folder"
      (: >/scratch/check) 2>/dev/null || echo "no scratch folder to write to"
      unshare --user true 2>/dev/null && echo "a nested user namespace"
      echo ended
      """;

  private SandboxCheck() {}

  /** Returns what is wrong with a sandbox, one phrase each; nothing if it holds. */
  static List<String> faults(Sandbox sandbox) throws InterruptedException {
    Path secret = null;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      secret = Files.createTempFile("rft-check", ".txt");
      Files.writeString(secret, "secret");
      if (secret.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        // Anyone may read it, so that only the sandbox can be what hides it.
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
      }
      Command command =
          new Command(
              List.of(
                  "bash",
                  "/job/check.sh",
                  String.valueOf(server.getLocalPort()),
                  secret.toString()),
              Map.of("check.sh", SCRIPT),
              "",
              Limits.standard().withTime(Duration.ofSeconds(20)));
      return faults(sandbox.run(command));
    } catch (IOException e) {
      return List.of("it does not start: " + e.getMessage());
    } finally {
      delete(secret);
    }
  }

  private static List<String> faults(Outcome outcome) {
    List<String> lines = outcome.output().lines().toList();
    boolean whole =
        outcome.ending() == Outcome.Ending.EXITED
            && lines.size() >= 2
            && lines.get(0).equals("begun")
            && lines.get(lines.size() - 1).equals("ended");
    if (!whole) {
      String said = outcome.errors().lines().findFirst().orElse("exit code " + outcome.exitCode());
      return List.of("it does not start: " + said);
    }
    List<String> faults = new ArrayList<>();
    for (String act : lines.subList(1, lines.size() - 1)) {
      faults.add("it allows " + act);
    }
    return faults;
  }

  private static void delete(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
