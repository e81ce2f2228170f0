package rft.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page takes from others is what docs/dependencies.md says, byte for byte. */
final class VendoredFilesTest {
  private static final Path ROOT = Path.of(System.getProperty("rft.root", ".."));
  private static final Path VENDOR =
      ROOT.resolve("workbench-server/src/main/resources/rft/page/vendor");
  private static final Pattern ROW =
      Pattern.compile("\\| `vendor/([\\w.-]+)` \\|.*`([0-9a-f]{64})` \\|");

  @Test
  void everyFileHasTheHashThatIsWrittenDown() throws Exception {
    TreeMap<String, String> written = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/dependencies.md")));
    while (row.find()) {
      written.put(row.group(1), row.group(2));
    }
    TreeMap<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(VENDOR)) {
      for (Path file : files.toList()) {
        found.put(file.getFileName().toString(), sha256(file));
      }
    }
    assertEquals(found, written);
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
