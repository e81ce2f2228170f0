package rft.live;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunLock;

/**
 * Where deleted runs lie, in the folder {@code trash} of the home, until they are gone for good.
 */
final class RunTrash {
  /** How long a deleted run can be restored. */
  static final Duration KEPT = Duration.ofDays(30);

  private final RunHome home;
  private final Path folder;
  private final Clock clock;

  RunTrash(RunHome home, Clock clock) {
    this.home = home;
    this.folder = home.trash();
    this.clock = clock;
  }

  /**
   * Moves a run into the trash.
   *
   * @return until when it can be restored
   * @throws IllegalStateException if it is being trained
   * @throws IOException if it cannot be moved
   */
  Instant put(RunFolder run) throws IOException {
    refuseInUse(run);
    PrivateFolder.create(folder);
    Path place = folder.resolve(run.id());
    Files.move(run.path(), place, StandardCopyOption.ATOMIC_MOVE);
    try {
      // A trainer may have taken it between the look and the move.
      refuseInUse(new RunFolder(place));
    } catch (IllegalStateException e) {
      Files.move(place, run.path(), StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    Instant now = clock.instant();
    Files.setLastModifiedTime(place, FileTime.from(now));
    return now.plus(KEPT);
  }

  private static void refuseInUse(RunFolder run) throws IOException {
    if (RunLock.livePid(run).isPresent()) {
      throw new IllegalStateException(
          "run " + run.id() + " is being trained: stop it first, then delete it");
    }
  }

  /**
   * A deleted run.
   *
   * @param name what the user called it; its id where that cannot be read
   * @param until when it is gone for good
   */
  record Trashed(String id, String name, String until) {}

  /** Returns what can be restored, what was deleted last first. */
  List<Trashed> list() throws IOException {
    List<Trashed> trashed = new ArrayList<>();
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> runs = Files.newDirectoryStream(folder)) {
        for (Path run : runs) {
          String id = String.valueOf(run.getFileName());
          if (has(id)) {
            try {
              Instant until = Files.getLastModifiedTime(run).toInstant().plus(KEPT);
              trashed.add(new Trashed(id, name(new RunFolder(run)), until.toString()));
            } catch (NoSuchFileException e) {
              // It was restored meanwhile.
            }
          }
        }
      }
    }
    trashed.sort(Comparator.comparing(Trashed::until).reversed().thenComparing(Trashed::id));
    return trashed;
  }

  private static String name(RunFolder run) {
    try {
      return RunHeader.read(run).name();
    } catch (IOException damaged) {
      return run.id();
    }
  }

  /** Returns true if the trash has this run. */
  boolean has(String id) {
    return RunFolder.isId(id) && Files.isDirectory(folder.resolve(id), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Moves a run back.
   *
   * @throws IllegalStateException if there is a run of that id again
   * @throws IOException if it cannot be moved
   */
  void restore(String id) throws IOException {
    Path place = home.folder(id).path();
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalStateException("there is a run " + id + " already");
    }
    Files.move(folder.resolve(id), place, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Deletes for good what was put here longer ago than {@link #KEPT}.
   *
   * @return the ids of those runs
   * @throws IOException if one cannot be deleted
   */
  List<String> empty() throws IOException {
    List<String> gone = new ArrayList<>();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return gone;
    }
    Instant end = clock.instant().minus(KEPT);
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(folder)) {
      for (Path run : runs) {
        String id = String.valueOf(run.getFileName());
        boolean old = Files.getLastModifiedTime(run).toInstant().isBefore(end);
        if (old && has(id)) {
          home.discard(new RunFolder(run));
          gone.add(id);
        }
      }
    }
    return gone;
  }
}
