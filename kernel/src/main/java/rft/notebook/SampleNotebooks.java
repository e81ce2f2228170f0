package rft.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import rft.dataset.Sha256;

/**
 * The notebooks that come with the product, copied to where a user works on them. A copy that the
 * user changed is never touched; one that is still as it was copied follows a newer original.
 *
 * @param originals a folder, which need not exist
 */
record SampleNotebooks(Path originals) {
  private static final String ENDING = ".ipynb";

  /** Remembers what was copied, one {@code hash name} a line. */
  private static final String RECORD = ".rft-samples";

  /**
   * What {@link #copyTo} did.
   *
   * @param written names of files that are new, or newer than before
   * @param kept names of files that the user changed and that were left alone
   */
  record Copied(List<String> written, List<String> kept) {
    Copied {
      written = List.copyOf(written);
      kept = List.copyOf(kept);
    }
  }

  Copied copyTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path record = folder.resolve(RECORD);
    Map<String, String> copied = read(record);
    List<String> written = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (Path original : list()) {
      String name = String.valueOf(original.getFileName());
      String hash = hash(original);
      Path copy = folder.resolve(name);
      String held = Files.exists(copy) ? hash(copy) : "";
      if (held.equals(hash)) {
        copied.put(name, hash);
      } else if (held.isEmpty() || held.equals(copied.get(name))) {
        Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
        copied.put(name, hash);
        written.add(name);
      } else {
        kept.add(name);
      }
    }
    StringBuilder lines = new StringBuilder();
    copied.forEach((name, hash) -> lines.append(hash).append("  ").append(name).append('\n'));
    Files.writeString(record, lines);
    return new Copied(written, kept);
  }

  private static String hash(Path file) throws IOException {
    MessageDigest digest = Sha256.start();
    digest.update(Files.readAllBytes(file));
    return Sha256.hex(digest);
  }

  private List<Path> list() throws IOException {
    if (!Files.isDirectory(originals)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(originals)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
  }

  private static Map<String, String> read(Path record) throws IOException {
    Map<String, String> copied = new LinkedHashMap<>();
    if (Files.isRegularFile(record)) {
      for (String line : Files.readAllLines(record)) {
        int space = line.indexOf("  ");
        if (space > 0) {
          copied.put(line.substring(space + 2), line.substring(0, space));
        }
      }
    }
    return copied;
  }
}
