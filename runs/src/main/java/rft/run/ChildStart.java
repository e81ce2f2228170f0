package rft.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Starts one child. On Unix a shell keeps it: the shell has a session of its own, notes the child's
 * number, waits, and writes how it ended, whether or not the process that started it is still
 * there.
 */
final class ChildStart {
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");
  private static final Duration START = Duration.ofSeconds(20);
  private static final int POLL_MILLIS = 2;
  private static final String PID = "pid";

  // A shell without job control starts a child in the background that Ctrl-C does not reach.
  private static final String KEEPER =
      """
      umask 077
      folder=$1
      shift
      trap '' HUP
      "$@" </dev/null &
      echo $! >"$folder/pid.draft" && mv "$folder/pid.draft" "$folder/pid"
      trap '' TERM INT
      wait $!
      echo $? >"$folder/exit.draft" && mv "$folder/exit.draft" "$folder/exit"
      """;

  /** Programs that run another one in a new session, each where some system has it. */
  private static final List<List<String>> SESSIONS =
      List.of(
          List.of("/usr/bin/setsid"),
          List.of("/bin/setsid"),
          List.of("/usr/bin/perl", "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV"));

  private final Path folder;

  private ChildStart(Path folder) {
    this.folder = folder;
  }

  static ChildStart in(Path folder) {
    return new ChildStart(folder.toAbsolutePath());
  }

  ChildProcess start(List<String> arguments, Map<String, String> environment) throws IOException {
    Files.deleteIfExists(folder.resolve(PID));
    Files.deleteIfExists(ChildProcess.note(folder));
    Files.deleteIfExists(ChildProcess.exit(folder));
    List<String> command = Launcher.command(arguments);
    ProcessBuilder builder = new ProcessBuilder(WINDOWS ? command : kept(command));
    builder.redirectInput(new File(WINDOWS ? "NUL" : "/dev/null"));
    builder.redirectError(emptied(ChildProcess.log(folder)));
    builder.redirectOutput(emptied(ChildProcess.out(folder)));
    builder.environment().put(ProgressLine.VARIABLE, ProgressLine.JSON);
    builder.environment().putAll(environment);
    Process process = builder.start();
    ProcessIdentity keeper = ProcessIdentity.of(process.pid());
    if (WINDOWS) {
      CompletableFuture<Void> unused =
          process.onExit().thenAccept(ended -> writeExit(ended.exitValue()));
    }
    ProcessIdentity child = WINDOWS ? keeper : ProcessIdentity.of(pidFrom(process));
    ChildNote note = ChildNote.of(arguments, child, keeper);
    DurableFile.write(ChildProcess.note(folder), RunJson.write(note));
    return new ChildProcess(folder, note);
  }

  private List<String> kept(List<String> command) {
    List<String> words = new ArrayList<>(session());
    words.addAll(List.of("/bin/sh", "-c", KEEPER, "rft-keeper", folder.toString()));
    words.addAll(command);
    return words;
  }

  private static List<String> session() {
    return SESSIONS.stream()
        .filter(words -> Files.isExecutable(Path.of(words.get(0))))
        .findFirst()
        .orElse(List.of());
  }

  private static File emptied(Path file) throws IOException {
    DurableFile.createPrivate(file);
    return file.toFile();
  }

  private long pidFrom(Process keeper) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    Path file = folder.resolve(PID);
    while (!Files.exists(file)) {
      if (!keeper.isAlive() || System.nanoTime() - deadline >= 0) {
        keeper.destroyForcibly();
        throw new IOException(
            "the process did not start; " + ChildProcess.log(folder) + " has more");
      }
      pause();
    }
    return Long.parseLong(Files.readString(file).strip());
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a process started", e);
    }
  }

  private void writeExit(int code) {
    try {
      DurableFile.write(ChildProcess.exit(folder), code + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
