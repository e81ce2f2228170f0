package rft.workbench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.command.Browser;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Progress;
import rft.command.WorkbenchOpened;
import rft.command.WorkbenchProcess;
import rft.run.RunHome;
import rft.run.WorkbenchNote;
import rft.web.PrivateFile;
import rft.web.ServerAddress;

/**
 * The workbench in this process, until somebody stops it or its home is gone. There is one for each
 * home: who comes second is told of the first.
 *
 * @param port to listen on; below 0 for the first free one
 * @param saysLink whether somebody reads the address that opens it
 */
record AttendedWorkbench(
    RunHome home,
    String host,
    int port,
    List<String> names,
    boolean isKnown,
    boolean saysLink,
    boolean opens) {
  private static final int PORTS = 100;
  private static final int POLL_MILLIS = 100;
  private static final Duration OTHER = Duration.ofSeconds(30);

  WorkbenchOpened run(Progress progress) throws IOException, InterruptedException {
    ServerAddress address =
        port < 0
            ? new ServerAddress(host, OpenWorkbench.FIRST_PORT, PORTS, names, isKnown)
            : new ServerAddress(host, port, 1, names, isKnown);
    Path file = home.root().resolve("workbench.lock");
    PrivateFile.create(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      @Nullable FileLock lock = lock(channel);
      return lock == null ? ofOther(progress) : serve(address, progress);
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private WorkbenchOpened serve(ServerAddress address, Progress progress)
      throws IOException, InterruptedException {
    try (Workbench workbench = Workbench.start(home, address)) {
      WorkbenchNote note = WorkbenchNote.announce(home, workbench.url());
      try {
        if (saysLink) {
          progress.say("The workbench is at " + workbench.link());
          progress.say("Ctrl-C ends it; trainings that it started go on.");
        }
        if (opens && !Browser.ofProcess().open(workbench.link())) {
          progress.say("There is no browser to open here.");
        }
        Path root = home.root();
        while (!progress.stopRequested() && Files.isDirectory(root)) {
          Thread.sleep(POLL_MILLIS);
        }
      } finally {
        note.withdraw(home);
      }
    }
    return WorkbenchOpened.ended();
  }

  private WorkbenchOpened ofOther(Progress progress) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + OTHER.toNanos();
    while (!progress.stopRequested() && System.nanoTime() < deadline) {
      Optional<WorkbenchProcess> other = WorkbenchProcess.running(home);
      if (other.isPresent()) {
        return WorkbenchOpened.running(other.get(), other.get().link("/"));
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new CommandException(
        ExitCode.FAILED,
        "another workbench of " + home.root() + " is starting and does not answer");
  }
}
