package rft.pull;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is fetched of a repository, and what is refused. */
final class HubPullTest {
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
  void onlyWhatMakesAModelIsFetchedAndNeverAPickle() throws Exception {
    pull.texts()
        .file("README.md", "# card")
        .file("chat_template.jinja", "{{ messages }}")
        .file("pytorch_model.bin", "pickle")
        .file("onnx/model.onnx", "other")
        .large("model.safetensors", TestPull.WEIGHTS);
    Path folder = pull.run("owner/name");
    assertEquals(
        List.of(
            "chat_template.jinja",
            "config.json",
            "model.safetensors",
            "pulled.json",
            "tokenizer.json"),
        TestPull.names(folder));
    assertArrayEquals(TestPull.WEIGHTS, Files.readAllBytes(folder.resolve("model.safetensors")));
    PulledFrom from = PulledFrom.read(folder).orElseThrow();
    assertEquals("owner/name at " + FakeHub.COMMIT, from.source() + " at " + from.revision());
    assertEquals(List.of("model"), pull.store().names());
    assertEquals(folder, pull.store().find("owner/name").orElseThrow());
    assertEquals(TestPull.WEIGHTS.length + 7 + 2 + 14, pull.bytes.get(pull.bytes.size() - 1));
  }

  @Test
  void aRepositoryWithPicklesAloneIsRefusedWithTheReason() {
    pull.texts().file("pytorch_model.bin", "pickle").file("old/weights.pt", "pickle");
    assertEquals(
        "owner/name holds its weights only as pickles (pytorch_model.bin, old/weights.pt), which"
            + " are never fetched, because loading one can run code: convert it to safetensors, or"
            + " look for a repository that has them",
        pull.refusal("owner/name"));
    assertEquals(List.of(), pull.hub.asked());
  }

  @Test
  void theShardsOfTheIndexAreFetchedAndNoOthers() throws Exception {
    pull.texts()
        .file("model.safetensors.index.json", index("model-1.safetensors", "model-2.safetensors"))
        .large("model-1.safetensors", TestPull.WEIGHTS)
        .large("model-2.safetensors", TestPull.weights(1000))
        .large("consolidated.safetensors", TestPull.WEIGHTS);
    assertEquals(
        List.of(
            "config.json",
            "model-1.safetensors",
            "model-2.safetensors",
            "model.safetensors.index.json",
            "pulled.json",
            "tokenizer.json"),
        TestPull.names(pull.run("owner/name")));
  }

  private static String index(String first, String second) {
    return "{\"weight_map\":{\"a\":\"" + first + "\",\"b\":\"" + second + "\"}}";
  }

  @Test
  void aMissingShardIsFoundBeforeAnyIsFetched() {
    pull.texts()
        .file("model.safetensors.index.json", index("model-1.safetensors", "model-2.safetensors"))
        .large("model-1.safetensors", TestPull.WEIGHTS);
    assertEquals(
        "owner/name lacks model-2.safetensors, one of the 2 shards that its"
            + " model.safetensors.index.json names",
        pull.refusal("owner/name"));
    assertFalse(pull.hub.asked().contains("model-1.safetensors"));
  }

  @Test
  void oneGgufFileIsTakenAndOfSeveralOneMustBeNamed() throws Exception {
    pull.hub.large("q8.gguf", TestPull.WEIGHTS);
    assertEquals(List.of("pulled.json", "q8.gguf"), TestPull.names(pull.run("owner/name")));
    pull.hub.large("sub/q4.gguf", TestPull.weights(10)).large("f16.gguf", TestPull.weights(20));
    String several = pull.refusal("owner/name", "second");
    assertEquals(
        "owner/name holds 2 GGUF files; name one: owner/name:FILE, with FILE one of q8.gguf,"
            + " f16.gguf",
        several);
    Path named = pull.run("owner/name:sub/q4.gguf", "other", null, new TestPull.Anything());
    assertEquals(List.of("pulled.json", "q4.gguf"), TestPull.names(named));
    String none = pull.refusal("owner/name:q5.gguf", "third");
    assertEquals("owner/name has no file q5.gguf; it has q8.gguf, sub/q4.gguf, f16.gguf", none);
  }

  @Test
  void aModelThatCannotBeUsedIsRefusedBeforeItsWeights() {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    ModelInspection strict =
        new TestPull.Anything() {
          @Override
          public void beforeWeights(Path folder) {
            assertTrue(Files.exists(folder.resolve("config.json")));
            throw new IllegalArgumentException(folder.resolve("config.json") + " is unknown");
          }
        };
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> pull.run("owner/name", "model", null, strict));
    assertEquals("owner/name" + File.separator + "config.json is unknown", refused.getMessage());
    assertEquals(List.of("config.json", "tokenizer.json"), pull.hub.asked());
    assertNothingIsLeft("model");
  }

  @Test
  void nothingStaysOfAModelThatIsRefusedWhenItIsWhole() {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    ModelInspection strict =
        new TestPull.Anything() {
          @Override
          public void whole(Path folder) {
            throw new IllegalArgumentException("no tokenizer of this model");
          }
        };
    assertThrows(
        IllegalArgumentException.class, () -> pull.run("owner/name", "model", null, strict));
    assertNothingIsLeft("model");
  }

  private void assertNothingIsLeft(String name) {
    assertFalse(Files.exists(pull.home.resolve("models").resolve(".pull").resolve(name)));
  }

  @Test
  void aRepositoryMayBeNamedByItsAddress() throws Exception {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    Path folder = pull.run("https://huggingface.co/owner/name");
    assertEquals("owner/name", PulledFrom.read(folder).orElseThrow().source());
    for (String same : List.of("/tree/main", "/", "?library=transformers")) {
      assertEquals(folder, pull.store().find("https://hf.co/owner/name" + same).orElseThrow());
    }
    assertEquals(
        "owner/name:q/m.gguf",
        RepositoryName.parse("https://huggingface.co/owner/name/blob/main/q/m.gguf").toString());
    for (String other :
        List.of(
            "https://huggingface.co/owner",
            "https://huggingface.co/owner/name/tree/v2",
            "https://huggingface.co/datasets/owner/name",
            "https://example.org/owner/name")) {
      assertFalse(RepositoryName.matches(other), other);
    }
  }

  @Test
  void aModelThatIsHereIsNotFetchedAgainAndItsNameIsTaken() throws Exception {
    pull.texts().large("model.safetensors", TestPull.WEIGHTS);
    Path folder = pull.run("owner/name");
    int before = pull.hub.asked().size();
    assertEquals(folder, pull.run("owner/name"));
    assertEquals(before, pull.hub.asked().size());
    assertEquals(List.of("model is here already, in the same state"), pull.said);
    pull.hub.large("q.gguf", TestPull.weights(10));
    IllegalArgumentException taken =
        assertThrows(IllegalArgumentException.class, () -> pull.run("owner/name:q.gguf"));
    assertTrue(taken.getMessage().contains("give another name with --name"), taken.getMessage());
    assertTrue(taken.getMessage().endsWith("rft model remove model"), taken.getMessage());
  }

  @Test
  void whoMayNotReadItIsToldHow() {
    pull.hub.status = 401;
    assertTrue(pull.refusal("owner/name").contains("set HF_TOKEN"), pull.refusal("owner/name"));
    pull.hub.status = 404;
    PullException absent = assertThrows(PullException.class, () -> pull.run("owner/name"));
    assertEquals(PullException.Kind.NOT_FOUND, absent.kind());
    pull.hub.status = 503;
    assertTrue(
        pull.refusal("owner/name").matches(".* answers 503 for .*: it is busy; try again .*"));
  }

  @Test
  void aTokenNeverTravelsInClear() {
    assertThrows(
        IllegalArgumentException.class,
        () -> HubAccess.of(Map.of("HF_ENDPOINT", "http://pull.hub.example", "HF_TOKEN", "t")));
    assertThrows(
        IllegalArgumentException.class,
        () -> HubAccess.of(Map.of("HF_ENDPOINT", "ftp://pull.hub.example")));
    assertEquals("https://huggingface.co without a token", HubAccess.of(Map.of()).toString());
  }
}
