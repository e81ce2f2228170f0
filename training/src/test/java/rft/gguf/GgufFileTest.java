package rft.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void metadataAndTensorsComeBackAsWritten(int version) throws IOException {
    float[] values = {1, -2, 3.5f, 4, 5, 6};
    Path file =
        new GgufBytes()
            .version(version)
            .put("text", "grüße")
            .put("number", 7)
            .put("small", 1e-5f)
            .put("on", true)
            .put("list", List.of("a", "b"))
            .tensor("t", values, 2, 3)
            .write(folder.resolve("m.gguf"));
    try (GgufFile opened = GgufFile.open(file)) {
      Metadata metadata = opened.metadata();
      assertEquals("grüße", metadata.requireText("text"));
      assertEquals(7, metadata.requireInteger("number"));
      assertEquals(1e-5, metadata.requireNumber("small"));
      assertTrue(metadata.flag("on", false));
      assertEquals(List.of("a", "b"), metadata.texts("list").orElseThrow());
      assertArrayEquals(new int[] {2, 3}, opened.shape("t"));
      assertArrayEquals(values, opened.floats("t"));
    }
  }

  @Test
  void aTensorLargerThanOnePieceIsReadWhole() throws IOException {
    float[] values = new float[1_000_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file = new GgufBytes().tensor("t", values, values.length).write(folder.resolve("m"));
    try (GgufFile opened = GgufFile.open(file)) {
      assertArrayEquals(values, opened.floats("t"));
    }
  }

  @Test
  void whatIsNoGgufFileIsSaidToBeNone() throws IOException {
    assertRefused("is no GGUF file", new GgufBytes().magic(0x12345678));
    Files.write(folder.resolve("empty"), new byte[3]);
    assertRefused("is no GGUF file", folder.resolve("empty"));
    assertRefused("there is no file", folder.resolve("absent"));
  }

  @Test
  void otherVersionsAndByteOrdersAreRefusedByName() throws IOException {
    assertRefused("of version 1; only versions 2 and 3", new GgufBytes().version(1));
    assertRefused("of version 4; only versions 2 and 3", new GgufBytes().version(4));
    assertRefused("big-endian", new GgufBytes().version(0x03000000));
  }

  @Test
  void anUnreadTypeIsRefusedByItsNameAndItsTensor() throws IOException {
    assertRefused(
        "tensor blk.0.x is stored as IQ2_XXS, and only these are read: F32, F16, Q4_0",
        new GgufBytes().tensor("blk.0.x", 16, new byte[66], 256));
    assertRefused(
        "tensor t is stored as an unknown type (77)",
        new GgufBytes().tensor("t", 77, new byte[66], 256));
  }

  @Test
  void countsBeyondTheFileAreRefused() throws IOException {
    assertRefused(
        "announces 1000000 tensors, the rest of the file holds at most",
        new GgufBytes().claim("tensors", 1_000_000));
    assertRefused("announces 18446744073709551615 keys", new GgufBytes().claim("keys", -1));
  }

  @Test
  void aTensorThatEndsAfterTheFileIsNamed() throws IOException {
    byte[] whole = new GgufBytes().tensor("blk.3.y", new float[64], 8, 8).bytes();
    Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 1));
    assertRefused("is truncated or damaged: tensor blk.3.y (F32 [8, 8]) ends after", file);
    assertRefused(
        "ends after",
        new GgufBytes().tensor("t", 0, new byte[8], Integer.MAX_VALUE, Integer.MAX_VALUE, 9, 9));
  }

  @Test
  void rowsThatAreNoWholeBlocksAreRefused() throws IOException {
    assertRefused(
        "tensor t has rows of 16 values, and blocks of Q4_0 have 32",
        new GgufBytes().tensor("t", TensorType.Q4_0.id(), new byte[18], 2, 16));
  }

  @Test
  void aFileCutAnywhereIsRefusedAndNothingElse() throws IOException {
    byte[] whole = TinyGguf.model("qwen2").bytes();
    for (int length = 0; length < whole.length; length += 1 + length / 200) {
      Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      assertThrows(
          IllegalArgumentException.class, () -> GgufFile.open(file).close(), "length " + length);
    }
  }

  @Test
  void aFileWithChangedBytesIsReadOrRefusedAndNothingElse() throws IOException {
    byte[] whole = TinyGguf.head("llama").tensor("t", new float[4], 4).bytes();
    Random random = new Random(11);
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] changed = whole.clone();
      for (int i = 0; i < 3; i++) {
        changed[random.nextInt(400)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("changed"), changed);
      try (GgufFile opened = GgufFile.open(file)) {
        opened.names().forEach(opened::floats);
      } catch (IllegalArgumentException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).startsWith(file.toString()), e.getMessage());
      }
    }
    assertTrue(refused > 500, refused + " of 2000 were refused");
  }

  @Test
  void aValueOfAnotherTypeIsRefusedByItsKey() throws IOException {
    Path file = new GgufBytes().put("k", "x").put("l", List.of(1)).write(folder.resolve("m"));
    try (GgufFile opened = GgufFile.open(file)) {
      Metadata metadata = opened.metadata();
      assertMessage(
          "else than a whole number for k",
          assertThrows(IllegalArgumentException.class, () -> metadata.integer("k")));
      assertMessage(
          "else than texts in l",
          assertThrows(IllegalArgumentException.class, () -> metadata.texts("l")));
      assertMessage(
          "no value for q",
          assertThrows(IllegalArgumentException.class, () -> metadata.requireText("q")));
    }
  }

  private void assertRefused(String reason, GgufBytes bytes) throws IOException {
    assertRefused(reason, bytes.write(folder.resolve("refused.gguf")));
  }

  private static void assertRefused(String reason, Path file) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> GgufFile.open(file).close());
    assertMessage(reason, refusal);
    assertMessage(file.toString(), refusal);
  }

  private static void assertMessage(String part, IllegalArgumentException refusal) {
    assertTrue(String.valueOf(refusal.getMessage()).contains(part), refusal.getMessage());
  }
}
