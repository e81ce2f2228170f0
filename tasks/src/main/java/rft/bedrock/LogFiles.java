package rft.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The log files that the user named or that lie in named folders, and the bodies beside them. */
final class LogFiles {
  /** What a folder's log files are called; CloudWatch numbers those that it exports. */
  private static final Pattern LOG = Pattern.compile(".*\\.jsonl?(\\.gz)?|\\d{6}\\.gz");

  private static final String BODIES = "data";
  private static final String MARKER = "amazon-bedrock-logs-permission-check";

  /** A request to Bedrock has at most 25 MB. */
  private static final int MAX_BODY_BYTES = 32 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Path> folders = new ArrayList<>();
  private final List<Path> logs = new ArrayList<>();

  /**
   * @param named files, and folders to look through in the order of their names
   */
  LogFiles(List<Path> named) throws IOException {
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        folders.add(path);
        logs.addAll(below(path));
      } else {
        logs.add(path);
      }
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> isLog(folder.relativize(file), file)).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isLog(Path inFolder, Path file) {
    String name = String.valueOf(file.getFileName());
    for (Path part : inFolder) {
      String text = part.toString();
      if (text.contains(MARKER) || (text.equals(BODIES) && !part.equals(file.getFileName()))) {
        return false;
      }
    }
    return LOG.matcher(name).matches() && Files.isRegularFile(file);
  }

  List<Path> logs() {
    return logs.stream().distinct().toList();
  }

  /** Returns the bytes of a file, unpacked if they are gzip, whatever its name is. */
  static InputStream open(Path file) throws IOException {
    // Not Files.newInputStream: it asks a pipe for its position, which a pipe does not have.
    InputStream in = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16);
    try {
      in.mark(2);
      boolean packed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return packed ? new GZIPInputStream(in, 1 << 16) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Returns a body that Bedrock wrote as an object of its own, if a given folder has it: at the end
   * of the object's path, the longest first.
   *
   * @throws IOException if it is there and no JSON, or over 32 MiB
   */
  Optional<JsonNode> body(String s3Path) throws IOException {
    Optional<Path> file = fileOf(s3Path);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = open(file.get())) {
      byte[] bytes = in.readNBytes(MAX_BODY_BYTES + 1);
      if (bytes.length > MAX_BODY_BYTES) {
        throw new IOException("it has over " + (MAX_BODY_BYTES >> 20) + " MiB");
      }
      return Optional.of(JSON.readTree(bytes));
    }
  }

  private Optional<Path> fileOf(String s3Path) {
    List<String> parts = List.of(s3Path.replaceFirst("^s3://", "").split("/+"));
    for (int from = 0; from < parts.size(); from++) {
      String tail = String.join("/", parts.subList(from, parts.size()));
      for (Path folder : folders) {
        Optional<Path> file = fileIn(folder, tail);
        if (file.isPresent()) {
          return file;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> fileIn(Path folder, String tail) {
    Path whole = folder.toAbsolutePath().normalize();
    try {
      // The log says which file is read: one outside the folder never is.
      return Optional.of(whole.resolve(tail).normalize())
          .filter(file -> file.startsWith(whole) && Files.isRegularFile(file));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
