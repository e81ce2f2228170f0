package rft.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ProductVersionTest {
  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    String version = new ProductVersion().run(Progress.SILENT).version();
    assertTrue(version.matches("\\d+\\.\\d+\\.\\d+.*"), version);
  }
}
