package rft.pull;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Sha256;

/** How files arrive over a network that breaks. */
final class FileDownloadTest {
  @TempDir Path home;
  private TestPull pull;

  @BeforeEach
  void start() throws IOException {
    pull = new TestPull(home);
  }

  @AfterEach
  void end() {
    pull.close();
  }

  @Test
  void theTokenIsForTheHubAloneAndNotForWhereItSends() throws Exception {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    pull.run("owner/name", "model", "hf_secret", new TestPull.Anything());
    assertEquals(List.of("Bearer hf_secret"), pull.hub.tokensOfHub().stream().distinct().toList());
    assertEquals(List.of("null"), pull.hub.tokensOfStore());
    assertFalse(pull.hub.access("hf_secret").toString().contains("secret"));
  }

  @Test
  void aDownloadThatBreaksOffGoesOnWhereItWas() throws Exception {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    pull.hub.breaksAfter = 200_000;
    Path folder = pull.run("owner/name");
    assertArrayEquals(TestPull.WEIGHTS, Files.readAllBytes(folder.resolve("model.safetensors")));
    assertEquals(4, pull.hub.asked().size());
    assertTrue(
        pull.hub.asked().get(3).startsWith("model.safetensors bytes="),
        pull.hub.asked().toString());
    assertEquals(1, pull.said.size());
    String said = pull.said.get(0);
    assertTrue(said.startsWith("model.safetensors broke off at 0."), said);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatIsFullIsSaidAtOnce() throws Exception {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    MessageDigest digest = Sha256.start();
    digest.update(TestPull.WEIGHTS);
    String hash = Sha256.hex(digest).substring(0, 12);
    Path stage = Files.createDirectories(pull.store().folder("x").resolveSibling(".pull/model"));
    Path part = stage.resolve("model.safetensors." + hash + ".part");
    Files.createSymbolicLink(part, Path.of("/dev/full"));
    String message = pull.refusal("owner/name");
    assertTrue(message.startsWith(part + " cannot be written (No space left"), message);
    assertEquals(1, pull.hub.asked().stream().filter("model.safetensors"::equals).count());
  }

  @Test
  void whatIsTruncatedForGoodIsKeptAsAPartAndNoModelAppears() throws Exception {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    pull.hub.breaksAfter = 0;
    String message = pull.refusal("owner/name");
    assertTrue(message.contains("broke off"), message);
    assertTrue(message.contains("the same command goes on from there"), message);
    assertEquals(List.of(), pull.store().names());
    pull.hub.breaksAfter = Integer.MAX_VALUE;
    assertArrayEquals(
        TestPull.WEIGHTS, Files.readAllBytes(pull.run("owner/name").resolve("model.safetensors")));
    assertEquals(
        1,
        pull.hub.asked().stream().filter("config.json"::equals).count(),
        "texts are fetched once");
  }

  @Test
  void stoppingKeepsThePartAndTheNextAttemptAsksForTheRestOnly() throws Exception {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    pull.stop = done -> done > 100_000;
    PullException stopped = assertThrows(PullException.class, () -> pull.run("owner/name"));
    assertEquals(PullException.Kind.STOPPED, stopped.kind());
    assertTrue(stopped.getMessage().contains("0.3 MB of model.safetensors"), stopped.getMessage());
    pull.stop = done -> false;
    pull.run("owner/name");
    String last = pull.hub.asked().get(pull.hub.asked().size() - 1);
    assertTrue(last.matches("model.safetensors bytes=1\\d{5}-"), last);
  }

  @Test
  void aServerThatKnowsNoRangesBringsTheWholeAgain() throws Exception {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    pull.stop = done -> done > 100_000;
    assertThrows(PullException.class, () -> pull.run("owner/name"));
    pull.stop = done -> false;
    pull.hub.ignoresRange = true;
    assertArrayEquals(
        TestPull.WEIGHTS, Files.readAllBytes(pull.run("owner/name").resolve("model.safetensors")));
  }

  @Test
  void aServerThatFallsSilentIsAskedAgain() throws Exception {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    pull.hub.breaksAfter = 200_000;
    pull.hub.stalls = true;
    pull.patience = new FileDownload.Patience(Duration.ofMillis(300), Duration.ofMillis(1));
    assertArrayEquals(
        TestPull.WEIGHTS, Files.readAllBytes(pull.run("owner/name").resolve("model.safetensors")));
  }

  @Test
  void anotherContentThanTheRepositorySaysIsDeleted() {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    pull.hub.forged = "config.json";
    assertTrue(pull.refusal("owner/name").contains("(GIT_SHA_1 "));
    pull.hub.forged = "model.safetensors";
    String message = pull.refusal("owner/name");
    assertTrue(message.contains("another content than owner/name says (SHA_256 "), message);
    assertFalse(Files.exists(pull.home.resolve("models/model")));
  }

  @Test
  void withoutRoomNothingIsFetched() {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    pull.usable = 100_000;
    String message = pull.refusal("owner/name");
    assertTrue(message.startsWith("0.3 MB are still to come, and the disk of "), message);
    assertTrue(message.contains("has room for 0.1 MB"), message);
    assertFalse(pull.hub.asked().contains("model.safetensors"));
  }

  @Test
  void anInterruptedThreadStopsAndKeepsThePart() throws Exception {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    pull.heard =
        done -> {
          if (done > 100_000) {
            Thread.currentThread().interrupt();
          }
        };
    PullException stopped = assertThrows(PullException.class, () -> pull.run("owner/name"));
    assertTrue(Thread.interrupted(), "the thread stays interrupted");
    assertEquals(PullException.Kind.STOPPED, stopped.kind());
    pull.heard = done -> {};
    pull.run("owner/name");
    String last = pull.hub.asked().get(pull.hub.asked().size() - 1);
    assertTrue(last.startsWith("model.safetensors bytes=1"), last);
  }
}
