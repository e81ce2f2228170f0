package rft.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares with what the Python package {@code gguf} makes of the same random blocks; see {@code
 * src/test/golden/gguf}.
 */
final class TensorTypeTest {
  private static final Path GOLDEN = Path.of("src/test/resources/rft/gguf/blocks.json");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everyTypeHasTheValuesOfTheReferenceBitForBit(TensorType type) throws IOException {
    JsonNode golden = golden().path(type.name());
    byte[] blocks = HexFormat.of().parseHex(golden.path("bytes").textValue());
    float[] expected = floats(golden.path("floats").textValue());
    Path file =
        new GgufBytes().tensor("t", type.id(), blocks, expected.length).write(folder.resolve("t"));
    try (GgufFile opened = GgufFile.open(file)) {
      assertArrayEquals(expected, opened.floats("t"), 0);
      assertEquals(type, opened.type("t"));
    }
  }

  @Test
  void noTypeIsWithoutReference() throws IOException {
    Set<String> known =
        golden().properties().stream().map(entry -> entry.getKey()).collect(Collectors.toSet());
    List<String> types = Arrays.stream(TensorType.values()).map(Enum::name).toList();
    assertEquals(new TreeSet<>(known), new TreeSet<>(types));
  }

  private static JsonNode golden() throws IOException {
    return new ObjectMapper().readTree(GOLDEN.toFile());
  }

  private static float[] floats(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }
}
