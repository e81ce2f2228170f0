package rft.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.policy.ModelConfig;
import rft.policy.RopeScaling;

/** The factors are made as llama.cpp's converter makes them of a Llama 3's settings. */
final class RopeScalingTextTest {
  private static final int HEAD_DIM = 64;

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({
    "8, 4, 8192, 500000",
    "32, 4, 8192, 500000",
    "8, 4, 4096, 10000",
    "16, 2.5, 2048, 100000",
  })
  void theSettingsOfLlama3AreFoundInItsFactors(double factor, double high, int context, float theta)
      throws IOException {
    JsonNode scaling =
        scaling(
            model(theta, HEAD_DIM)
                .tensor("rope_freqs.weight", factors(factor, high, context, theta, HEAD_DIM), 32));
    assertEquals("llama3", scaling.path("rope_type").textValue());
    assertEquals(factor, scaling.path("factor").doubleValue());
    assertEquals(1.0, scaling.path("low_freq_factor").doubleValue());
    assertEquals(high, scaling.path("high_freq_factor").doubleValue());
    assertEquals(context, scaling.path("original_max_position_embeddings").intValue());
  }

  /** So few frequencies that one of them or none lies between those that stay and the divided. */
  @ParameterizedTest
  @CsvSource({
    "8, 4, 8192, 500000, 16",
    "32, 4, 8192, 500000, 16",
    "8, 4, 64, 10000, 16",
    "8, 4, 32768, 10000, 16",
    "8, 3, 8192, 10000, 16",
    "4, 2, 8192, 10000, 16",
    "8, 4, 4096, 10000, 8",
    "8, 4, 8192, 500000, 4",
    "1, 4, 8192, 500000, 64",
  })
  void narrowHeadsAreRotatedAsTheirFactorsSay(
      double factor, double high, int context, float theta, int headDim) throws IOException {
    float[] factors = factors(factor, high, context, theta, headDim);
    GgufBytes bytes = model(theta, headDim);
    scaling(bytes.tensor("rope_freqs.weight", factors, headDim / 2));
    RopeScaling found = ModelConfig.read(temporary).ropeScaling();
    for (int i = 0; i < factors.length; i++) {
      double plain = Math.pow(theta, -2.0 * i / headDim);
      double scaled = found == null ? plain : found.scaled(plain);
      assertEquals(plain / factors[i], scaled, 1e-4 * scaled, "frequency " + i);
    }
  }

  @Test
  void otherFactorsAreRefused() throws IOException {
    float[] factors = factors(8, 4, 8192, 500000, HEAD_DIM);
    factors[20] *= 1.01f;
    Path file =
        model(500000f, HEAD_DIM)
            .tensor("rope_freqs.weight", factors, 32)
            .write(temporary.resolve("m"));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> GgufFolder.complete(temporary, file));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("rope_freqs.weight that is not of the kind"),
        refusal.getMessage());
  }

  @Test
  void linearScalingIsSaidAsSuch() throws IOException {
    JsonNode scaling =
        scaling(
            model(10000f, HEAD_DIM)
                .put("llama.rope.scaling.type", "linear")
                .put("llama.rope.scaling.factor", 4f));
    assertEquals("linear", scaling.path("rope_type").textValue());
    assertEquals(4.0, scaling.path("factor").doubleValue());
  }

  private static GgufBytes model(float theta, int headDim) {
    GgufBytes bytes = TinyGguf.head("llama").put("llama.rope.freq_base", theta);
    bytes.put("llama.attention.key_length", headDim);
    bytes.put("llama.attention.value_length", headDim);
    TinyGguf.zeros(bytes, "token_embd.weight", TinyGguf.tokens().size(), TinyGguf.HIDDEN);
    return bytes;
  }

  private JsonNode scaling(GgufBytes bytes) throws IOException {
    GgufFolder.complete(temporary, bytes.write(temporary.resolve("m.gguf")));
    ModelConfig.read(temporary);
    return new ObjectMapper()
        .readTree(temporary.resolve("config.json").toFile())
        .path("rope_scaling");
  }

  private static float[] factors(
      double factor, double high, int context, double theta, int headDim) {
    float[] factors = new float[headDim / 2];
    for (int i = 0; i < factors.length; i++) {
      double wave = 2 * Math.PI * Math.pow(theta, 2.0 * i / headDim);
      double smooth = (context / wave - 1) / (high - 1);
      double between = 1 / ((1 - smooth) / factor + smooth);
      factors[i] = (float) (wave < context / high ? 1 : wave > context ? factor : between);
    }
    return factors;
  }
}
