package rft.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Progress;
import rft.wire.CellListener;
import rft.wire.ExecuteRequest;
import rft.wire.KernelClient;

/**
 * The classes of a kernel as the virtual machine holds them in memory, in a file that it maps when
 * it starts. One that does not fit is ignored, never an error.
 *
 * @param file which need not exist
 * @see <a href="https://openjdk.org/jeps/350">JEP 350</a>, dynamic class data sharing
 */
record ClassArchive(Path file) {
  /** The option of Java that takes an archive. */
  static final String FLAG = "-XX:SharedArchiveFile=";

  /** Enough for a start on a machine that does something else at the same time. */
  private static final Duration START = Duration.ofMinutes(2);

  private static final Duration CELL = Duration.ofSeconds(60);

  /** What a session does first: its classes are those that an archive saves loading. */
  private static final List<String> CELLS =
      List.of(
          "1 + 1",
          "var list = java.util.List.of(1, 2);\nlist",
          "System.out.println(list); record Point(int x, int y) {}\nnew Point(1, 2)",
          "java.util.Map.of(\"a\", 1.5)",
          "int broken = \"text\";",
          "throw new IllegalStateException(\"seen\");",
          "%help",
          "%rewrd");

  /** Returns whether it was made from this launch's jars as they are now. */
  boolean fits(KernelLaunch launch) throws IOException {
    return fits(launch.classPath());
  }

  boolean fits(List<Path> classPath) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(file);
    for (Path jar : classPath) {
      if (Files.exists(jar) && Files.getLastModifiedTime(jar).compareTo(made) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the option that makes Java use it; empty if it does not fit. */
  Optional<String> flag(KernelLaunch launch) throws IOException {
    return fits(launch) ? Optional.of(FLAG + file) : Optional.empty();
  }

  /**
   * Makes it by running a kernel for a few cells.
   *
   * @throws CommandException if the kernel does not run
   */
  void record(KernelLaunch launch, Progress progress) throws IOException, InterruptedException {
    progress.say("Running the kernel once to archive its classes, so that it starts faster.");
    Path draft = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path folder = Files.createTempDirectory("rft-archive");
    try {
      rehearse(launch, "-XX:ArchiveClassesAtExit=" + draft, folder);
      if (Files.exists(draft) && isWhole(launch, draft)) {
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      } else {
        progress.say("This Java made no archive; the kernel works without, and starts later.");
      }
    } catch (TimeoutException e) {
      throw new CommandException(ExitCode.FAILED, "the kernel does not run: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(draft);
      Files.deleteIfExists(folder);
    }
  }

  /**
   * A kernel that takes long to end is ended, perhaps while it writes: Java itself must like it.
   */
  private static boolean isWhole(KernelLaunch launch, Path draft)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launch.javaWith(FLAG + draft));
    command.addAll(List.of("-Xshare:on", "-version"));
    Path log = Files.createTempFile("rft-archive", ".log");
    try {
      return new Program(command, log).run();
    } finally {
      Files.delete(log);
    }
  }

  private static void rehearse(KernelLaunch launch, String flag, Path folder)
      throws IOException, InterruptedException, TimeoutException {
    try (KernelClient client =
        KernelClient.start(launch.inFolder(folder, Optional.of(flag)), START)) {
      for (String cell : CELLS) {
        client.execute(ExecuteRequest.of(cell), CellListener.NONE, CELL);
      }
      client.complete("Strin", 5);
      client.complete("%tra", 4);
      client.inspect("list.size", 9, 0);
      client.isComplete("for (;;) {");
      client.shutdown(false);
      // Writing the archive is the last thing it does, and takes a while.
      client.process().orElseThrow().onExit().get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a process cannot fail to have ended", e);
    }
  }
}
