package rft.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GgufWeightsTest {
  @TempDir Path folder;

  @Test
  void namesAreThoseOfHuggingFaceAndBack() throws IOException {
    for (String architecture : new String[] {"llama", "qwen2", "qwen3"}) {
      Path file = TinyGguf.model(architecture).write(folder.resolve(architecture));
      try (GgufWeights weights = GgufWeights.open(file)) {
        for (String name : weights.names()) {
          String inGguf = TensorNames.inGguf(name).orElseThrow();
          assertEquals(Optional.of(name), TensorNames.inFolder(inGguf));
        }
        String expected =
            switch (architecture) {
              case "qwen2" -> "model.layers.1.self_attn.k_proj.bias";
              case "qwen3" -> "model.layers.1.self_attn.k_norm.weight";
              default -> "model.layers.1.mlp.down_proj.weight";
            };
        assertTrue(weights.names().contains(expected), weights.names().toString());
        assertArrayEquals(
            new int[] {TinyGguf.INTERMEDIATE, TinyGguf.HIDDEN},
            weights.shape("model.layers.0.mlp.up_proj.weight"));
      }
    }
  }

  @Test
  void rowsOfQueryAndKeyComeInHalvesForLlamaOnly() throws IOException {
    float[] rows = new float[TinyGguf.HIDDEN * TinyGguf.HIDDEN];
    for (int i = 0; i < rows.length; i++) {
      int row = i / TinyGguf.HIDDEN;
      rows[i] = row;
    }
    int width = TinyGguf.HIDDEN;
    Path llama = withQuery("llama", rows).write(folder.resolve("l"));
    try (GgufWeights weights = GgufWeights.open(llama)) {
      float[] read = weights.floats("model.layers.0.self_attn.q_proj.weight");
      int[] order = {0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11, 12, 14, 13, 15};
      for (int row = 0; row < width; row++) {
        assertEquals(order[row], read[row * width], "row " + row);
        assertEquals(order[row], read[row * width + width - 1], "row " + row);
      }
    }
    Path qwen = withQuery("qwen2", rows).write(folder.resolve("q"));
    try (GgufWeights weights = GgufWeights.open(qwen)) {
      assertArrayEquals(rows, weights.floats("model.layers.0.self_attn.q_proj.weight"));
    }
  }

  private static GgufBytes withQuery(String architecture, float[] rows) {
    return TinyGguf.model(architecture)
        .tensor("blk.0.attn_q.weight", rows, TinyGguf.HIDDEN, TinyGguf.HIDDEN);
  }

  @Test
  void quantisedRowsAreMovedAsWhole() throws IOException {
    byte[] blocks = new byte[TinyGguf.HIDDEN * 34];
    for (int row = 0; row < TinyGguf.HIDDEN; row++) {
      blocks[row * 34 + 1] = 0x3c; // a scale of 1
      blocks[row * 34 + 2 + 31] = (byte) row;
    }
    Path file =
        TinyGguf.head("llama")
            .tensor("blk.0.attn_q.weight", TensorType.Q8_0.id(), blocks, TinyGguf.HIDDEN, 32)
            .write(folder.resolve("m"));
    try (GgufWeights weights = GgufWeights.open(file)) {
      float[] read = weights.floats("model.layers.0.self_attn.q_proj.weight");
      assertEquals(2, read[32 + 31]);
      assertEquals(1, read[2 * 32 + 31]);
      assertEquals(13, read[14 * 32 + 31]);
    }
  }

  @Test
  void pairsAreTurnedBackByTheOppositeOrder() {
    RopePairs pairs = new RopePairs(8);
    for (int row = 0; row < 24; row++) {
      assertEquals(row, pairs.inGguf(pairs.inFolder(row)));
    }
    assertEquals(12, pairs.inFolder(9));
    assertEquals(9, pairs.inGguf(12));
  }

  @Test
  void aTensorWithoutPlaceIsRefusedByItsName() throws IOException {
    GgufBytes bytes = TinyGguf.model("llama");
    TinyGguf.zeros(bytes, "blk.0.ffn_gate_exps.weight", 4, 4);
    Path file = bytes.write(folder.resolve("m"));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> GgufWeights.open(file));
    assertEquals(
        file
            + " has a tensor blk.0.ffn_gate_exps.weight, which has no place in the models that are"
            + " supported",
        refusal.getMessage());
  }
}
