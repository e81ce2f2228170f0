package rft.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.export.HuggingFaceFolder;
import rft.export.PeftAdapter;
import rft.export.PeftFolder;

/**
 * Logits against those of transformers and peft; {@code src/test/golden/logits/make.py} made the
 * data.
 */
final class GoldenLogitsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/rft/policy");
  private static final double TOLERANCE = 1e-4;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"grouped", "tied"})
  void logitsAgreeWithTransformers(String model) throws IOException {
    try (Policy policy = Policy.load(GOLDEN.resolve(model), "cpu")) {
      assertAgrees(policy, model, "base");
    }
  }

  @Test
  void logitsOfTheBundledModelAgreeWithTransformers() throws IOException {
    Path model = Path.of(System.getProperty("rft.root")).resolve("models").resolve("tiny-chat");
    try (Policy policy = Policy.load(model, "cpu")) {
      assertAgrees(policy, "tiny-chat", "base");
    }
  }

  @ParameterizedTest
  @CsvSource({"grouped", "tied"})
  void logitsWithAnAdapterAgreeWithPeftAndTheBaseStays(String model) throws IOException {
    try (Policy policy = Policy.load(GOLDEN.resolve(model), "cpu")) {
      PeftAdapter adapter = PeftFolder.read(GOLDEN.resolve(model + "-adapter"), policy.config());
      policy.attachAdapter(adapter.shape(), 1);
      policy.restore(adapter.state());
      assertAgrees(policy, model, "adapter");
      assertAgrees(policy, PolicyView.BASE, model, "base");
    }
  }

  /**
   * The folder named by {@code rft.golden.out} keeps what is written, for {@code make.py --read}.
   */
  @ParameterizedTest
  @CsvSource({"grouped,F32", "tied,BF16"})
  void whatIsExportedGivesTheSameLogits(String model, SafetensorsType type) throws IOException {
    Path out = Path.of(System.getProperty("rft.golden.out", folder.toString()));
    ModelConfig config = ModelConfig.read(GOLDEN.resolve(model));
    Map<String, float[]> weights = new LinkedHashMap<>();
    try (ModelWeights stored = ModelWeights.open(GOLDEN.resolve(model))) {
      stored.names().forEach(name -> weights.put(name, stored.floats(name)));
    }
    HuggingFaceFolder.write(out.resolve(model), config, weights, type, GOLDEN.resolve(model));
    PeftAdapter adapter = PeftFolder.read(GOLDEN.resolve(model + "-adapter"), config);
    PeftFolder.write(
        out.resolve(model + "-adapter"), adapter.shape(), config, adapter.state(), model);
    Map<String, float[]> merged =
        HuggingFaceFolder.merge(config, weights, adapter.shape(), adapter.state());
    Path mergedFolder = out.resolve(model + "-merged");
    HuggingFaceFolder.write(
        mergedFolder, config, merged, SafetensorsType.F32, GOLDEN.resolve(model));
    try (Policy base = Policy.load(out.resolve(model), "cpu");
        Policy tuned = Policy.load(mergedFolder, "cpu")) {
      assertAgrees(base, model, "base");
      assertAgrees(tuned, model, "adapter");
    }
    Path expected = GOLDEN.resolve(model).resolve("logits.json");
    Files.copy(
        expected, out.resolve(model).resolve("logits.json"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void assertAgrees(Policy policy, String model, String expected)
      throws IOException {
    assertAgrees(policy, PolicyView.TUNED, model, expected);
  }

  private static void assertAgrees(Policy policy, PolicyView view, String model, String expected)
      throws IOException {
    JsonNode golden =
        new JsonMapper().readTree(GOLDEN.resolve(model).resolve("logits.json").toFile());
    JsonNode sequences = golden.path("sequences");
    assertTrue(sequences.size() > 1);
    for (int i = 0; i < sequences.size(); i++) {
      int[] ids = new int[sequences.path(i).size()];
      for (int at = 0; at < ids.length; at++) {
        ids[at] = sequences.path(i).path(at).intValue();
      }
      float[] logits = logits(policy, view, ids);
      JsonNode rows = golden.path("logits").path(expected).path(i);
      assertEquals((long) rows.size() * policy.config().vocabulary(), logits.length);
      for (int at = 0; at < logits.length; at++) {
        int row = at / policy.config().vocabulary();
        int token = at % policy.config().vocabulary();
        double want = rows.path(row).path(token).doubleValue();
        assertEquals(
            want,
            logits[at],
            TOLERANCE,
            "sequence " + i + ", position " + row + ", token " + token);
      }
    }
  }

  /** Returns the logits at every position: (T x V), row-major. */
  static float[] logits(Policy policy, PolicyView view, int[] ids) {
    PaddedPrompts padded = PaddedPrompts.of(List.of(ids));
    int length = ids.length;
    try (NativeScope scope = policy.scope()) {
      NDArray logits =
          scope
              .call(
                  policy.program(),
                  "logits",
                  false,
                  NativeScope.list(
                      scope.longs("ids", padded.ids(), 1, length),
                      scope.longs("positions", padded.positions(), 1, length),
                      scope.floats("mask", padded.mask(), 1, 1, length, length),
                      policy.arguments(view)))
              .get(0);
      return logits.toFloatArray();
    }
  }
}
