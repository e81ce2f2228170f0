package rft.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * An {@code rft} command that runs in a process of its own and outlives the one that started it:
 * neither the end of that process nor Ctrl-C in its terminal reaches the child. It lives in a
 * folder, where any later process finds it:
 *
 * <ul>
 *   <li>{@code child.json}: what it is and which process;
 *   <li>{@code log}: what it says on standard error, with its {@link ProgressLine}s; {@code out}:
 *       on standard output;
 *   <li>{@code exit}: its exit code, once it ended.
 * </ul>
 *
 * <p>The folder is its user's alone (mode 0700, files 0600). The environment is written nowhere.
 */
public final class ChildProcess {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int TAIL_BYTES = 64 * 1024;
  private static final String NOTE = "child.json";
  private static final String EXIT = "exit";

  private final Path folder;
  private final ChildNote note;

  ChildProcess(Path folder, ChildNote note) {
    this.folder = folder;
    this.note = note;
  }

  /**
   * Starts {@code rft} with arguments, in the working folder of this process.
   *
   * @param folder of the child; made where it is missing, the files of an earlier child replaced
   * @param arguments of rft, for example {@code train --data addition}
   * @param environment what to add to that of this process
   * @throws IllegalStateException if a child still runs in the folder
   * @throws IOException if the folder cannot be written or the process not started
   */
  public static ChildProcess start(
      Path folder, List<String> arguments, Map<String, String> environment) throws IOException {
    DurableFile.createFolders(folder);
    Optional<ChildProcess> other = find(folder);
    if (other.isPresent() && other.get().isAlive()) {
      throw new IllegalStateException(
          "a process (pid " + other.get().pid() + ") still runs in " + folder);
    }
    return ChildStart.in(folder).start(arguments, environment);
  }

  /** Returns the child that was last started in a folder, alive or not; empty if none was. */
  public static Optional<ChildProcess> find(Path folder) throws IOException {
    try {
      String text = Files.readString(folder.resolve(NOTE));
      return Optional.of(new ChildProcess(folder, RunJson.read(text, ChildNote.class, NOTE)));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Path note(Path folder) {
    return folder.resolve(NOTE);
  }

  static Path exit(Path folder) {
    return folder.resolve(EXIT);
  }

  static Path log(Path folder) {
    return folder.resolve("log");
  }

  static Path out(Path folder) {
    return folder.resolve("out");
  }

  /** Returns the number of the process that runs rft. */
  public long pid() {
    return note.pid();
  }

  /** Returns the arguments it was started with. */
  public List<String> arguments() {
    return note.arguments();
  }

  /** Returns when it was started. */
  public Instant since() {
    return note.since();
  }

  /** Returns the file of what it says on standard error. */
  public Path log() {
    return log(folder);
  }

  /** Returns the file of what it prints on standard output. */
  public Path out() {
    return out(folder);
  }

  /** Returns true while it runs; once this is false its exit code is there if it will ever be. */
  public boolean isAlive() {
    return note.child().isAlive() || (!Files.exists(exit(folder)) && note.keeper().isAlive());
  }

  /**
   * Returns how it ended: its exit code, or 128 plus the signal that killed it; empty while it
   * runs, and where nothing was left to see its end, as after a loss of power.
   */
  public OptionalInt exitCode() throws IOException {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(exit(folder)).strip()));
    } catch (NoSuchFileException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * Waits for its end.
   *
   * @return whether it ended in time
   */
  public boolean waitFor(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (isAlive()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      Thread.sleep(POLL.toMillis());
    }
    return true;
  }

  /**
   * Asks it to end, so that it can save its work, and kills it with all it started if it has not
   * ended in time. Does nothing to a process that only has its number.
   *
   * @param patience how long to wait for it to end by itself; zero kills at once
   */
  public void stop(Duration patience) throws InterruptedException {
    if (!patience.isZero() && note.child().isAlive()) {
      handle().ifPresent(ProcessHandle::destroy);
      if (waitFor(patience)) {
        return;
      }
    }
    List<ProcessHandle> all =
        handle().stream()
            .flatMap(child -> Stream.concat(Stream.of(child), child.descendants()))
            .toList();
    // The child first: it must not see what it started die, and end as if all were well.
    all.forEach(ProcessHandle::destroyForcibly);
    waitFor(Duration.ofSeconds(10));
  }

  private Optional<ProcessHandle> handle() {
    return note.child().isAlive() ? ProcessHandle.of(note.pid()) : Optional.empty();
  }

  /**
   * Returns the last lines of what it said on standard error, the oldest first, as a person reads
   * them.
   *
   * @param count at most so many
   */
  public List<String> lastLines(int count) throws IOException {
    List<String> lines =
        tail(log())
            .lines()
            .map(line -> ProgressLine.parse(line).map(ProgressLine::text).orElse(line))
            .toList();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  /** Returns how far it said last that it is; empty if it did not lately. */
  public Optional<ProgressLine> progress() throws IOException {
    return tail(log())
        .lines()
        .flatMap(line -> ProgressLine.parse(line).stream())
        .filter(line -> line.activity() != null)
        .reduce((earlier, later) -> later);
  }

  /** Returns the sentences among what it said, the oldest first. */
  public List<String> sentences() throws IOException {
    return tail(log())
        .lines()
        .flatMap(line -> ProgressLine.parse(line).stream())
        .flatMap(line -> Optional.ofNullable(line.sentence()).stream())
        .toList();
  }

  /**
   * Returns the most memory that it had so far, in bytes; empty when it does not run, and where the
   * system does not say (other than Linux).
   */
  public OptionalLong peakBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
      return lines
          .filter(line -> note.child().isAlive() && line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns the run that it said it works on; empty if it did not (yet). */
  public Optional<String> run() throws IOException {
    if (!Files.exists(log())) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(log(), StandardCharsets.ISO_8859_1)) {
      return lines
          .flatMap(line -> ProgressLine.parse(line).stream())
          .flatMap(line -> Optional.ofNullable(line.run()).stream())
          .findFirst();
    }
  }

  private static String tail(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, content.length() - TAIL_BYTES);
      content.seek(start);
      byte[] end = new byte[(int) (content.length() - start)];
      content.readFully(end);
      String text = new String(end, StandardCharsets.UTF_8);
      return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
    }
  }
}
