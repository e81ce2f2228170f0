package rft.pull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.run.DurableFile;

/** A model that is being fetched by this process alone; it appears whole or not at all. */
final class StagedPull implements AutoCloseable {
  private final Path folder;
  private final Path target;
  private final FileChannel lock;

  private StagedPull(Path folder, Path target, FileChannel lock) {
    this.folder = folder;
    this.target = target;
    this.lock = lock;
  }

  static StagedPull open(Path stage, Path target) throws IOException {
    String name = DurableFile.nameOf(target);
    DurableFile.createFolders(stage);
    FileChannel channel =
        FileChannel.open(
            stage.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      held = tryLock(channel) != null;
    } finally {
      if (!held) {
        channel.close();
      }
    }
    if (!held) {
      throw new PullException("another process is pulling " + name + " just now");
    }
    Path folder = stage.resolve(name);
    DurableFile.createFolders(folder);
    return new StagedPull(folder, target, channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Returns where the files gather. */
  Path folder() {
    return folder;
  }

  /** Deletes what earlier attempts left and the model does not need. */
  void keepOnly(Set<String> names) throws IOException {
    for (Path entry : DurableFile.list(folder)) {
      if (!names.contains(DurableFile.nameOf(entry))) {
        DurableFile.deleteTree(entry);
      }
    }
  }

  /** Deletes all that has gathered of a model that is refused. */
  void discard() throws IOException {
    DurableFile.deleteTree(folder);
  }

  /** Makes the model appear, and returns its folder. */
  Path finish(PulledFrom from) throws IOException {
    from.write(folder);
    return Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    if (Files.isDirectory(folder) && DurableFile.list(folder).isEmpty()) {
      Files.delete(folder);
    }
    lock.close();
  }
}
