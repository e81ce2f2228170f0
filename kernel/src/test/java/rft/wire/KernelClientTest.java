package rft.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernels that never become one; real ones are asked in rft.kernel. */
final class KernelClientTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  private KernelCommand java(String... options) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> argv = new ArrayList<>(List.of(java));
    argv.addAll(List.of(options));
    argv.add("{connection_file}");
    return new KernelCommand(argv, Map.of(), folder);
  }

  @Test
  void aKernelThatEndsAtOnceIsReportedWithItsLastWords() {
    IOException ended =
        assertThrows(IOException.class, () -> KernelClient.start(java("--no-such-option"), LONG));
    assertTrue(ended.getMessage().contains("code 1"), ended.getMessage());
    assertTrue(ended.getMessage().contains("--no-such-option"), ended.getMessage());
  }

  @Test
  void aKernelThatDoesNotAnswerIsKilledAfterTheTimeLimit() throws Exception {
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    Path sleeper = folder.resolve("Sleeper.java");
    Files.writeString(
        sleeper,
        "class Sleeper { public static void main(String[] a) throws Exception {"
            + " Thread.sleep(60000); } }");
    assertThrows(
        TimeoutException.class,
        () -> KernelClient.start(java(sleeper.toString()), Duration.ofMillis(300)));
    assertEquals(
        List.of(),
        ProcessHandle.current().children().filter(each -> !before.contains(each)).toList());
  }

  @Test
  void aCommandWithoutAPlaceForTheConnectionFileIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new KernelCommand(List.of("java"), Map.of(), folder));
    assertTrue(refused.getMessage().contains("{connection_file}"), refused.getMessage());
  }

  @Test
  void aKernelThatIsNotThereDoesNotAnswerForEver() throws Exception {
    ConnectionFile nowhere = ConnectionFile.fresh("");
    assertThrows(
        TimeoutException.class, () -> KernelClient.connect(nowhere, Duration.ofMillis(300)));
  }
}
