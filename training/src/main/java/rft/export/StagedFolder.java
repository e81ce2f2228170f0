package rft.export;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder being written beside its target, under another name until it is whole.
 *
 * <p>A target that exists keeps its other files. It cannot be replaced in one step, so the file
 * without which no reader accepts the folder goes first and comes back last: a crash in between
 * leaves a folder that is refused, never a mix.
 */
final class StagedFolder implements AutoCloseable {
  // The line end of the system would give other bytes on Windows.
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter JSON =
      JsonMapper.builder()
          .enable(
              StreamWriteFeature
                  .USE_FAST_DOUBLE_WRITER) // JDK 17 and 19 print some doubles differently
          .build()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

  private final Path target;
  private final String settings;
  private final Path draft;

  /**
   * Begins a folder.
   *
   * @param settings name of the file without which no reader accepts the folder
   */
  StagedFolder(Path folder, String settings) throws IOException {
    this.target = folder.toAbsolutePath().normalize();
    this.settings = settings;
    Path parent = target.getParent();
    if (parent == null || target.getFileName() == null) {
      throw new IllegalArgumentException(
          folder + " cannot be replaced: name a folder inside another");
    }
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw new IllegalArgumentException(folder + " is a file: name a folder");
    }
    Files.createDirectories(parent);
    this.draft = parent.resolve("." + target.getFileName() + "." + UUID.randomUUID());
    Files.createDirectory(draft);
  }

  /** Returns where a file of this name is to be written. */
  Path file(String name) {
    return draft.resolve(name);
  }

  /** Writes the file without which no reader accepts the folder. */
  void writeSettings(ObjectNode json) throws IOException {
    byte[] text = (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file(settings), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Puts the folder in place. */
  void commit() throws IOException {
    if (!Files.isDirectory(target)) {
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Files.deleteIfExists(target.resolve(settings));
    for (Path file : files()) {
      if (!file.endsWith(settings)) {
        Files.move(file, target.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      }
    }
    Files.move(file(settings), target.resolve(settings), StandardCopyOption.ATOMIC_MOVE);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(draft)) {
      return files.sorted().toList();
    }
  }

  /** Removes what was not put in place. */
  @Override
  public void close() throws IOException {
    if (Files.isDirectory(draft)) {
      for (Path file : files()) {
        Files.delete(file);
      }
      Files.delete(draft);
    }
  }
}
