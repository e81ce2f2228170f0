package rft.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;

/**
 * A file that llama.cpp's converter made of a Llama with stretched rotation is that model; see
 * {@code src/test/golden/gguf}.
 */
final class ConvertedModelTest {
  private static final Path RESOURCES = Path.of("src/test/resources/rft");
  private static final Path ORIGINAL = RESOURCES.resolve("policy/families/llama-rope-llama3");

  @TempDir Path temporary;

  @Test
  void itsConfigAndItsTensorsAreThoseOfTheOriginal() throws IOException {
    Path folder = temporary.resolve("model");
    GgufBytes.unfold(RESOURCES.resolve("gguf/converted.gguf"), folder);
    assertEquals(ModelConfig.read(ORIGINAL), ModelConfig.read(folder));
    try (ModelWeights original = ModelWeights.open(ORIGINAL);
        ModelWeights converted = ModelWeights.open(folder)) {
      assertEquals(Set.copyOf(original.names()), Set.copyOf(converted.names()));
      for (String name : original.names()) {
        assertArrayEquals(original.shape(name), converted.shape(name), name);
        assertArrayEquals(original.floats(name), converted.floats(name), name);
      }
    }
  }
}
