package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafetensorsFileTest {
  private static final Path GOLDEN = Path.of("src/test/resources/rft/policy");

  @TempDir Path folder;

  @Test
  void everyTypeOfThePythonLibraryReadsAsTheRoundedFloats() {
    try (SafetensorsFile full = SafetensorsFile.open(GOLDEN.resolve("rounding-f32.safetensors"))) {
      for (SafetensorsType type : SafetensorsType.values()) {
        String name = "rounding-" + type.name().toLowerCase(Locale.ROOT) + ".safetensors";
        try (SafetensorsFile file = SafetensorsFile.open(GOLDEN.resolve(name))) {
          assertEquals(Set.of("z.random", "edges", "a.scalar", "none"), file.names());
          assertArrayEquals(new int[] {3, 5, 7}, file.shape("z.random"));
          assertArrayEquals(new int[0], file.shape("a.scalar"));
          assertArrayEquals(new int[] {0, 4}, file.shape("none"));
          for (String tensor : file.names()) {
            assertEquals(type, file.type(tensor));
            float[] expected = full.floats(tensor);
            for (int i = 0; i < expected.length; i++) {
              expected[i] = type.round(expected[i]);
            }
            assertBits(expected, file.floats(tensor));
          }
        }
      }
      assertArrayEquals(new float[] {-2.625f}, full.floats("a.scalar"));
    }
  }

  @Test
  void aTensorOfManyPiecesReadsWhole() throws IOException {
    float[] values = new float[700_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file = folder.resolve("long.safetensors");
    new SafetensorsWriter(SafetensorsType.F32)
        .write(file, Map.of("x", new int[] {values.length}), name -> values);
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      assertBits(values, opened.floats("x"));
    }
  }

  @Test
  void anAbsentFileOrTensorIsNamed() throws IOException {
    Path absent = folder.resolve("absent.safetensors");
    String message =
        assertThrows(IllegalArgumentException.class, () -> SafetensorsFile.open(absent))
            .getMessage();
    assertEquals("there is no file " + absent, message);
    try (SafetensorsFile file = SafetensorsFile.open(write(entry("a", "F32", "[1]", 0, 4), 4))) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> file.floats("b"))
              .getMessage()
              .contains("no tensor b"));
    }
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    assertRefused(raw(new byte[0]), "0 bytes, too few");
    assertRefused(raw(new byte[7]), "7 bytes, too few");
    byte[] whole = Files.readAllBytes(GOLDEN.resolve("rounding-f32.safetensors"));
    assertRefused(raw(Arrays.copyOf(whole, 100)), "truncated");
    assertRefused(raw(Arrays.copyOf(whole, whole.length - 1)), "truncated");
    assertRefused(
        raw(Arrays.copyOf(whole, whole.length + 1)), "1 bytes at its end belong to no tensor");
  }

  @Test
  void aPointerOfGitLfsIsToldFromADamagedFile() throws IOException {
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1234\n";
    assertRefused(raw(pointer.getBytes(StandardCharsets.US_ASCII)), "run git lfs pull");
  }

  @Test
  void anAbsurdHeaderLengthIsRefusedBeforeAllocation() throws IOException {
    assertRefused(header(Long.MIN_VALUE, "{}"), "9223372036854775808 bytes");
    assertRefused(header(-1, "{}"), "18446744073709551615 bytes");
    assertRefused(header(3, "{}"), "3 bytes, the whole file has 10");
    Path sparse = header(1L << 31, "{}");
    try (FileChannel channel = FileChannel.open(sparse, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), (1L << 31) + 100);
    }
    assertRefused(sparse, "longer than the accepted 10000000");
  }

  @Test
  void aHeaderThatIsNoSoundJsonIsRefused() throws IOException {
    assertRefused(write("{", 0), "its header is not valid JSON");
    assertRefused(write("[]", 0), "its header is no JSON object");
    assertRefused(write("", 0), "its header is no JSON object");
    assertRefused(write("{} {}", 0), "its header is not valid JSON");
    assertRefused(write("{\"a\":".repeat(10000), 0), "its header is not valid JSON");
    assertRefused(
        write("{\"__metadata__\":{\"format\":1}}", 0), "holds format, which is no string");
    assertRefused(write("{\"__metadata__\":[]}", 0), "__metadata__ is no JSON object");
    assertRefused(write("{\"a\":7}", 0), "tensor a: its dtype is missing");
  }

  @Test
  void aNameUsedTwiceIsRefused() throws IOException {
    String first = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    String second = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}";
    assertRefused(write("{" + first + "," + second + "}", 8), "its header names 'a' twice");
  }

  @Test
  void offsetsThatLeaveOverlapOrSkipBytesAreRefused() throws IOException {
    assertRefused(
        write(entry("a", "F32", "[2]", 0, 8), 7), "bytes 0 to 8 do not lie in the 7 bytes");
    assertRefused(write(entry("a", "F32", "[1]", 4, 0), 8), "bytes 4 to 0");
    assertRefused(write(entry("a", "F32", "[1]", -4, 0), 8), "two whole numbers");
    assertRefused(
        write("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,1e3]}}", 4),
        "two whole numbers");
    assertRefused(
        write("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}", 4),
        "two whole numbers");
    String huge =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,99999999999999999999]}}";
    assertRefused(write(huge, 4), "two whole numbers");
    assertRefused(
        write(join(entry("a", "F32", "[2]", 0, 8), entry("b", "F32", "[2]", 4, 12)), 12),
        "tensor b: its bytes overlap those of a");
    assertRefused(
        write(join(entry("a", "F32", "[1]", 0, 4), entry("b", "F32", "[1]", 8, 12)), 12),
        "4 bytes before tensor b");
    assertRefused(write(entry("a", "F32", "[1]", 4, 8), 8), "4 bytes before tensor a");
  }

  @Test
  void aTypeOrShapeThatDoesNotFitItsBytesIsRefused() throws IOException {
    assertRefused(
        write(entry("a", "F32", "[2]", 0, 4), 4),
        "F32 of shape (2) takes 8 bytes, its data_offsets span 4");
    assertRefused(write(entry("a", "BF16", "[3]", 0, 4), 4), "BF16 of shape (3) takes 6 bytes");
    assertRefused(
        write(entry("a", "I64", "[1]", 0, 8), 8), "its dtype is I64; F32, F16 and BF16 are read");
    assertRefused(write(entry("a", "F64", "[1]", 0, 8), 8), "its dtype is F64; F32");
    assertRefused(write(entry("a", "F8_E4M3", "[1]", 0, 1), 1), "its dtype is F8_E4M3; F32");
    assertRefused(write(entry("a", "f32", "[1]", 0, 4), 4), "its dtype is f32");
    assertRefused(write(entry("a", "F32", "[-1]", 0, 4), 4), "size 0 of its shape");
    assertRefused(write(entry("a", "F32", "[1.0]", 0, 4), 4), "size 0 of its shape");
    assertRefused(write(entry("a", "F32", "[4294967297]", 0, 4), 4), "size 0 of its shape");
    assertRefused(write(entry("a", "F32", "4", 0, 4), 4), "shape must be a list");
    String wraps = "[2147483647,2147483647,2147483647,2147483647]";
    assertRefused(write(entry("a", "F32", wraps, 0, 4), 4), "beyond any file");
  }

  @Test
  void aNameOutOfTheFileCannotDistortTheMessage() throws IOException {
    String name = "\\u001b[31m\\n" + "x".repeat(5000);
    Path file = write(entry(name, "I64", "[1]", 0, 8), 8);
    String message =
        assertThrows(IllegalArgumentException.class, () -> SafetensorsFile.open(file)).getMessage();
    assertTrue(message.length() < 400 + file.toString().length(), message);
    assertFalse(message.chars().anyMatch(Character::isISOControl), message);
  }

  @Test
  void aFileThatShrinksWhileOpenIsAnErrorAndNoCrash() throws IOException {
    Path path = write(entry("a", "F32", "[100]", 0, 400), 400);
    try (SafetensorsFile file = SafetensorsFile.open(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(100);
      String message =
          assertThrows(UncheckedIOException.class, () -> file.floats("a")).getMessage();
      assertTrue(message.contains("cannot read tensor a"), message);
    }
  }

  private static String entry(String name, String type, String shape, long begin, long end) {
    return "{\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}}"
        .formatted(name, type, shape, begin, end);
  }

  private static String join(String first, String second) {
    return first.substring(0, first.length() - 1) + "," + second.substring(1);
  }

  private Path write(String header, int dataBytes) throws IOException {
    return header(header.length(), header + "\0".repeat(dataBytes));
  }

  private Path header(long length, String rest) throws IOException {
    byte[] text = rest.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + text.length).order(ByteOrder.LITTLE_ENDIAN);
    return raw(bytes.putLong(length).put(text).array());
  }

  private Path raw(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("hostile.safetensors"), bytes);
  }

  private static void assertRefused(Path file, String part) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> SafetensorsFile.open(file)).getMessage();
    assertTrue(message.startsWith(file + " is no sound safetensors file: "), message);
    assertTrue(message.contains(part), message);
  }

  private static void assertBits(float[] expected, float[] found) {
    assertArrayEquals(bits(expected), bits(found));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
