package rft.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hostile code tries, and what comes of it. */
final class SandboxAttackTest {
  private static final Limits LIMITS = Limits.standard();
  private static Sandbox sandbox;

  @BeforeAll
  static void find() throws InterruptedException {
    sandbox = Isolation.required();
  }

  private static Outcome python(Limits limits, String script, String... arguments)
      throws IOException, InterruptedException {
    PythonInterpreter python = PythonInterpreter.in(sandbox);
    List<String> line = new ArrayList<>(List.of(python.program(), "/job/attack.py"));
    line.addAll(List.of(arguments));
    Map<String, String> files = Map.of("attack.py", "import os, sys, time\n" + script);
    return sandbox.run(new Command(line, files, "", limits, python.visible()));
  }

  private static String printed(String script, String... arguments)
      throws IOException, InterruptedException {
    Outcome outcome = python(LIMITS, script, arguments);
    assertEquals(Outcome.Ending.EXITED, outcome.ending());
    assertEquals("", outcome.errors());
    return outcome.output().strip();
  }

  @Test
  void thereIsNoNetwork() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String script =
          """
          import socket
          for place in (("127.0.0.1", int(sys.argv[1])), ("1.1.1.1", 53)):
              try:
                  socket.create_connection(place, 1)
                  print("connected")
              except OSError as e:
                  print("refused")
          """;
      assertEquals("refused\nrefused", printed(script, String.valueOf(server.getLocalPort())));
    }
  }

  @Test
  void filesAndVariablesOfTheHostAreNotThere(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    String script =
        """
        import glob
        for path in [sys.argv[1], "/proc/1/root" + sys.argv[1], "/etc/passwd"]:
            try:
                print(open(path).read())
            except OSError:
                pass
        print(glob.glob("/root/*") + glob.glob("/home/*"), sorted(os.environ), os.listdir("/etc"))
        """;
    String seen = printed(script, secret.toString());

    assertFalse(seen.contains("secret"), seen);
    assertTrue(seen.startsWith("[] ['HOME', 'LANG', "), seen);
    assertFalse(seen.contains("passwd") || seen.contains("RFT_"), seen);
  }

  @Test
  void nothingButItsScratchFolderCanBeWritten() throws Exception {
    String script =
        """
        for path in ("/usr/x", "/x", "/job/attack.py", "/job/x", "/dev/x", "/etc/x", "/proc/x"):
            try:
                open(path, "a").close()
                print("wrote", path)
            except OSError:
                pass
        open("/scratch/x", "w").write("x")
        open("/tmp/y", "w").write("y")
        print(sorted(os.listdir(".")))
        """;
    assertEquals("['x', 'y']", printed(script));
  }

  @Test
  void aForkBombRunsOutOfProcesses() throws Exception {
    String script =
        """
        children = 0
        try:
            while True:
                if os.fork() == 0:
                    time.sleep(60)
                    os._exit(0)
                children += 1
        except OSError as e:
            print(e.errno, 40 < children < 64)
        """;
    assertEquals("11 True", printed(script));
  }

  @Test
  void memoryFilesAndNamespacesAreLimited() throws Exception {
    String script =
        """
        import errno, signal, subprocess
        try:
            print(len(bytearray(2 << 30)))
        except MemoryError:
            print("no memory")
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        written = 0
        try:
            for i in range(100):
                with open("file%d" % i, "wb") as f:
                    try:
                        while True:
                            written += f.write(bytes(1 << 20))
                    except OSError as e:
                        if e.errno != errno.EFBIG:
                            raise
        except OSError as e:
            print(e.errno == errno.ENOSPC, written <= 64 << 20)
        print(subprocess.run(["unshare", "--user", "true"], stderr=subprocess.DEVNULL).returncode)
        print(open("/proc/self/status").read().count("CapEff:\\t0000000000000000"))
        """;
    assertEquals("no memory\nTrue True\n1\n1", printed(script));
  }

  @Test
  void anEndlessLoopAndASleepEndAtTheirTime() throws Exception {
    Limits brief = LIMITS.withTime(Duration.ofMillis(400));

    Outcome loop = python(brief, "while True: pass");
    Outcome sleep = python(brief, "print('here', flush=True)\ntime.sleep(3600)");

    assertEquals(Outcome.Ending.TIMED_OUT, loop.ending());
    assertEquals(Outcome.Ending.TIMED_OUT, sleep.ending());
    assertTrue(sleep.time().compareTo(Duration.ofSeconds(10)) < 0, sleep.time().toString());
  }

  @Test
  void processorTimeEndsByItself() throws Exception {
    Limits oneSecond =
        new Limits(
            Duration.ofSeconds(60), Duration.ofSeconds(1), 1L << 30, 64, 1, 1 << 20, 1 << 16);

    Outcome loop = python(oneSecond, "while True: pass");

    assertEquals(Outcome.Ending.EXITED, loop.ending());
    assertEquals(128 + 9, loop.exitCode());
  }

  @Test
  void aFloodOfOutputIsCutAndStopped() throws Exception {
    Outcome flood = python(LIMITS, "while True: os.write(1, b'x' * 65536)");
    Outcome errors = python(LIMITS, "while True: os.write(2, b'x' * 65536)");
    Outcome much = python(LIMITS, "os.write(1, b'x' * 65536 * 3)");

    assertEquals(Outcome.Ending.OUTPUT_LIMIT, flood.ending());
    assertEquals(LIMITS.outputBytes(), flood.output().length());
    assertEquals(Outcome.Ending.OUTPUT_LIMIT, errors.ending());
    assertEquals(Outcome.Ending.EXITED, much.ending());
    assertEquals(LIMITS.outputBytes(), much.output().length());
  }

  @Test
  void whoItKillsIsItself() throws Exception {
    String script =
        """
        import signal
        for pid in (int(sys.argv[1]), os.getppid(), 1, -1):
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        print("tried")
        """;
    Outcome outcome =
        python(LIMITS, script, String.valueOf(1_000_000 + ProcessHandle.current().pid()));

    assertEquals(Outcome.Ending.EXITED, outcome.ending());
    assertTrue(ProcessHandle.current().isAlive());
  }
}
