package rft.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one process to write a run. Two witnesses hold it: a lock of the operating system,
 * which dies with the process, and a file that names the process, which readers may look at.
 */
public final class RunLock implements AutoCloseable {
  // Closing any channel of the lock file gives up the lock of the whole process (POSIX), so a
  // second attempt within this process must be refused before it opens one.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
  private static final String LOCK = "lock";
  private static final String HOLDER = "trainer.json";

  private final Path key;
  private final Path holderFile;
  private final FileChannel channel;
  private final Clock clock;

  private RunLock(Path key, Path holderFile, FileChannel channel, Clock clock) {
    this.key = key;
    this.holderFile = holderFile;
    this.channel = channel;
    this.clock = clock;
  }

  /**
   * Takes the run for this process. What a dead process left behind is taken over.
   *
   * @throws RunInUseException if a live process has it, naming its pid
   * @throws IOException if the folder cannot be written
   */
  public static RunLock take(RunFolder folder) throws IOException {
    return take(folder, Clock.systemUTC());
  }

  static RunLock take(RunFolder folder, Clock clock) throws IOException {
    Path key = folder.path().toRealPath();
    if (!HELD.add(key)) {
      throw refusal(folder, "this process");
    }
    FileChannel channel = null;
    try {
      Path file = folder.path().resolve(LOCK);
      DurableFile.createPrivateIfMissing(file);
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      RunLock lock = new RunLock(key, folder.path().resolve(HOLDER), channel, clock);
      lock.claim(folder);
      return lock;
    } catch (IOException | RuntimeException e) {
      HELD.remove(key);
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  private void claim(RunFolder folder) throws IOException {
    FileLock lock = channel.tryLock();
    Optional<LockHolder> other = holder(folder);
    if (lock == null) {
      throw refusal(folder, other.map(RunLock::describe).orElse("another process"));
    }
    ProcessIdentity self = ProcessIdentity.current();
    if (other.isPresent() && other.get().pid() != self.pid() && other.get().isAlive()) {
      throw refusal(folder, describe(other.get()));
    }
    Instant since = clock.instant();
    DurableFile.write(holderFile, RunJson.write(new LockHolder(self.pid(), self.start(), since)));
  }

  private static String describe(LockHolder holder) {
    return "the process with pid " + holder.pid() + ", since " + holder.since();
  }

  private static RunInUseException refusal(RunFolder folder, String holder) {
    return new RunInUseException(
        "run "
            + folder.id()
            + " is being trained by "
            + holder
            + ": let it end or stop it, then try again");
  }

  /** Returns who holds or last held the run; empty if nobody does or the note is unreadable. */
  static Optional<LockHolder> holder(RunFolder folder) throws IOException {
    Path file = folder.path().resolve(HOLDER);
    try {
      return Optional.of(RunJson.read(Files.readString(file), LockHolder.class, HOLDER));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the pid of the live process that trains the run, or empty when there is none. */
  public static Optional<Long> livePid(RunFolder folder) throws IOException {
    return holder(folder).filter(LockHolder::isAlive).map(LockHolder::pid);
  }

  /** Returns when the trainer last showed that it works, by its own clock. */
  public static Optional<Instant> lastHeartbeat(RunFolder folder) throws IOException {
    try {
      Path file = folder.path().resolve(HOLDER);
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Notes that the trainer works. */
  void heartbeat() throws IOException {
    Files.setLastModifiedTime(holderFile, FileTime.from(clock.instant()));
  }

  /** Gives the run back. */
  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try {
      Files.deleteIfExists(holderFile);
    } finally {
      try {
        channel.close();
      } finally {
        HELD.remove(key);
      }
    }
  }
}
