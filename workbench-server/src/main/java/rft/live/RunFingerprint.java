package rft.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rft.run.RunFolder;
import rft.run.RunLock;

/**
 * What files of a run look like from outside: while it stays the same, so does what is in them.
 *
 * @param files size, time and identity of each file that a glance reads
 * @param trainer pid of the live process that trains the run, if any
 * @param newestMillis when the newest of the files changed
 */
record RunFingerprint(List<String> files, Optional<Long> trainer, long newestMillis) {
  /** File systems round times: a change this young may be followed by another of the same time. */
  private static final long ROUNDING_MILLIS = 2_000;

  RunFingerprint {
    files = List.copyOf(files);
  }

  static RunFingerprint of(RunFolder folder) throws IOException {
    List<String> files = new ArrayList<>();
    long newest = 0;
    Path database = folder.databaseFile();
    for (Path file :
        List.of(
            folder.headerFile(),
            database,
            database.resolveSibling(database.getFileName() + "-wal"))) {
      try {
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
        files.add(seen.size() + " " + seen.lastModifiedTime() + " " + seen.fileKey());
        newest = Math.max(newest, seen.lastModifiedTime().toMillis());
      } catch (NoSuchFileException e) {
        files.add("none");
      }
    }
    return new RunFingerprint(files, RunLock.livePid(folder), newest);
  }

  /** Returns true if a change after this look would have shown in it. */
  boolean settledAt(long millis) {
    return millis - newestMillis > ROUNDING_MILLIS;
  }
}
