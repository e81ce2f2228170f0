package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SafetensorsWriterTest {
  private static final Path GOLDEN = Path.of("src/test/resources/rft/policy");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void theSameTensorsGiveTheBytesOfThePythonLibrary(SafetensorsType type) throws IOException {
    try (SafetensorsFile full = SafetensorsFile.open(GOLDEN.resolve("rounding-f32.safetensors"))) {
      Map<String, int[]> shapes = new LinkedHashMap<>();
      for (String name : List.of("none", "z.random", "edges", "a.scalar")) {
        shapes.put(name, full.shape(name));
      }
      Path file = folder.resolve("out.safetensors");
      new SafetensorsWriter(type).write(file, shapes, full::floats);
      String golden = "rounding-" + type.name().toLowerCase(Locale.ROOT) + ".safetensors";
      assertArrayEquals(Files.readAllBytes(GOLDEN.resolve(golden)), Files.readAllBytes(file));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyBitPatternOfATypeSurvives(SafetensorsType type) {
    for (int upper = 0; upper < 1 << 16; upper++) {
      float value = Float.intBitsToFloat((upper << 16) | 0x5a5a);
      float once = type.round(value);
      float twice = type.round(once);
      assertEquals(Float.floatToIntBits(once), Float.floatToIntBits(twice));
      assertEquals(Float.isNaN(value), Float.isNaN(once));
      assertEquals(Math.signum(value) < 0, Math.signum(once) < 0 || (once == 0 && value < 0));
    }
  }

  @Test
  void roundingGoesToTheNearerAndThenToTheEvenNeighbour() {
    assertEquals(1f, SafetensorsType.F16.round(1 + 0x1p-11f));
    assertEquals(1 + 0x1p-9f, SafetensorsType.F16.round(1 + 3 * 0x1p-11f));
    assertEquals(1 + 0x1p-10f, SafetensorsType.F16.round(1 + 0x1p-11f + 0x1p-20f));
    assertEquals(0f, SafetensorsType.F16.round(0x1p-25f));
    assertEquals(0x1p-24f, SafetensorsType.F16.round(Math.nextUp(0x1p-25f)));
    assertEquals(0x1p-14f, SafetensorsType.F16.round(0x1p-14f - 0x1p-25f));
    assertEquals(65504f, SafetensorsType.F16.round(65519f));
    assertEquals(Float.POSITIVE_INFINITY, SafetensorsType.F16.round(65520f));
    assertEquals(1f, SafetensorsType.BF16.round(1 + 0x1p-8f));
    assertEquals(1 + 0x1p-6f, SafetensorsType.BF16.round(1 + 3 * 0x1p-8f));
    assertEquals(Float.NEGATIVE_INFINITY, SafetensorsType.BF16.round(-Float.MAX_VALUE));
  }

  @Test
  void aFiniteValueBeyondTheTypeIsRefusedAndTheOldFileStays() throws IOException {
    Path file = Files.writeString(folder.resolve("m.safetensors"), "old");
    SafetensorsWriter writer = new SafetensorsWriter(SafetensorsType.F16);
    Map<String, int[]> shapes = Map.of("w", new int[] {2});
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> writer.write(file, shapes, name -> new float[] {1, 70000}))
            .getMessage();
    assertEquals("tensor w holds 70000.0, beyond the range of F16: write it as F32", message);
    assertEquals("old", Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aTensorWithAnotherNumberOfValuesIsRefused() {
    SafetensorsWriter writer = new SafetensorsWriter(SafetensorsType.F32);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> writer.write(out, Map.of("w", new int[] {2, 3}), name -> new float[5]))
            .getMessage();
    assertTrue(message.contains("tensor w of shape (2, 3) was given 5 values"), message);
    message =
        assertThrows(
                IllegalArgumentException.class,
                () -> writer.write(out, Map.of("w", new int[] {2}), Map.<String, float[]>of()::get))
            .getMessage();
    assertEquals("tensor w of shape (2) was given no values", message);
  }
}
