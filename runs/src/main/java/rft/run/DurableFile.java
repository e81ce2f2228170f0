package rft.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files that appear at once and whole, and are still there after the power went. Where the file
 * system knows users, they are this user's alone.
 */
public final class DurableFile {
  /** Names of drafts begin like this, so that no reader takes one for the file itself. */
  static final String DRAFT = ".draft-";

  private static final Set<StandardOpenOption> DRAFT_OPTIONS =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private DurableFile() {}

  /** Writes a file in the order that survives a crash: draft, sync, rename, sync of the folder. */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = folderOf(file);
    Path draft = folder.resolve(DRAFT + file.getFileName());
    try (FileChannel channel = FileChannel.open(draft, DRAFT_OPTIONS, mode("rw-------"))) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } catch (IOException e) {
      deleteQuietly(draft, e);
      throw e;
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(folder);
  }

  /** Writes a text in UTF-8 as {@link #write(Path, byte[])} does. */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Makes an empty file for the user alone, where the file system knows users. */
  public static void createPrivate(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, mode("rw-------"));
  }

  /** Makes an empty file for the user alone if there is none yet. */
  static void createPrivateIfMissing(Path file) throws IOException {
    try {
      Files.createFile(file, mode("rw-------"));
    } catch (FileAlreadyExistsException e) {
      // It keeps the rights that it has.
    }
  }

  /** Takes a file that was written by other means from everyone but the user. */
  public static void restrict(Path file) throws IOException {
    if (POSIX) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** Brings a file's content to the disk. */
  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Brings the names in a folder to the disk; Windows does so by itself. */
  static void syncFolder(Path folder) throws IOException {
    if (!WINDOWS) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Creates a folder and its parents for the user alone, where the file system knows users. */
  public static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, mode("rwx------"));
  }

  /**
   * Creates a folder for the user alone.
   *
   * @throws FileAlreadyExistsException if there is one
   */
  static void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder, mode("rwx------"));
  }

  private static FileAttribute<?>[] mode(String rights) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  /** Deletes drafts that a crash left in a folder. */
  static void sweep(Path folder) throws IOException {
    for (Path entry : list(folder)) {
      if (nameOf(entry).startsWith(DRAFT)) {
        deleteTree(entry);
      }
    }
  }

  /** Returns the entries of a folder, sorted; none if it does not exist. */
  public static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Returns the size of the files of a folder, those of its folders left out, in bytes. */
  public static long bytes(Path folder) throws IOException {
    long sum = 0;
    for (Path file : list(folder)) {
      sum += Files.isRegularFile(file) ? Files.size(file) : 0;
    }
    return sum;
  }

  /** Deletes a file or a folder with everything in it; a link, but not what it points to. */
  public static void deleteTree(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
              throws IOException {
            if (problem != null) {
              throw problem;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Deletes what a failed write left; the failure itself is the news. */
  static void deleteQuietly(Path root, IOException cause) {
    try {
      if (Files.exists(root)) {
        deleteTree(root);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Returns the last part of a path. */
  public static String nameOf(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is not a file name");
    }
    return folder;
  }
}
