package rft.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.reward.Failure;
import rft.reward.Score;

class RolloutCodecTest {
  @TempDir Path root;

  @Test
  void everyVerdictAndEveryArraySurvives() throws IOException {
    List<StoredRollout> rollouts = SampleRun.rollouts(7);

    List<StoredRollout> decoded = RolloutCodec.decode("it", RolloutCodec.encode(rollouts));

    assertEquals(rollouts, decoded);
    assertEquals(null, decoded.get(2).trace().baseLogProbs());
    assertArrayEquals(new float[] {-0.25f, -0.125f, -1}, decoded.get(0).trace().baseLogProbs());
    Score score = (Score) decoded.get(0).verdict();
    assertEquals(List.of("right", "format", "odd"), List.copyOf(score.parts().keySet()));
    for (Failure.Kind kind : Failure.Kind.values()) {
      StoredRollout failed = SampleRun.rollout(1, 0, 0, "x", new Failure(kind, "why"));
      assertEquals(
          List.of(failed), RolloutCodec.decode("it", RolloutCodec.encode(List.of(failed))));
    }
  }

  @Test
  void hostileTextSurvives() throws IOException {
    String hostile = "\u0000\u001b[31m</script>\ud800 lone \udfff\ud83d\ude00\u202e\u2028\r\n\"\\";
    List<StoredRollout> rollouts =
        List.of(SampleRun.rollout(1, 0, 0, hostile, Score.of(0.1 + 0.2, hostile)));

    assertEquals(rollouts, RolloutCodec.decode("it", RolloutCodec.encode(rollouts)));
  }

  @Test
  void equalRolloutsGiveEqualBytes() throws IOException {
    assertArrayEquals(
        RolloutCodec.encode(SampleRun.rollouts(3)), RolloutCodec.encode(SampleRun.rollouts(3)));
    assertNotEquals(
        Arrays.hashCode(RolloutCodec.encode(SampleRun.rollouts(3))),
        Arrays.hashCode(RolloutCodec.encode(SampleRun.rollouts(4))));
  }

  @Test
  void aSegmentCutOffAnywhereReadsAsDamaged() throws IOException {
    byte[] segment = RolloutCodec.encode(SampleRun.rollouts(1));

    for (int length = 0; length < segment.length; length++) {
      byte[] cut = Arrays.copyOf(segment, length);
      assertDamaged(cut);
    }
  }

  @Test
  void aSegmentWithAnyBitFlippedReadsAsDamaged() throws IOException {
    byte[] segment = RolloutCodec.encode(SampleRun.rollouts(1));

    for (int bit = 0; bit < segment.length * 8; bit++) {
      byte[] flipped = segment.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertDamaged(flipped);
    }
  }

  @Test
  void bytesThatAreNoSegmentReadAsDamaged() {
    byte[] noise = new byte[1000];
    new Random(1).nextBytes(noise);

    assertDamaged(noise);
    assertDamaged(new byte[1000]);
  }

  @Test
  void oneDamagedStepLeavesTheRestOfTheRunReadable() throws IOException {
    RunFolder folder = SampleRun.written(root, 3);
    Path second = folder.rolloutsFolder().resolve("step-000002.rollouts");
    byte[] bytes = Files.readAllBytes(second);
    bytes[bytes.length / 2] ^= 1;
    Files.write(second, bytes);
    Files.delete(folder.rolloutsFolder().resolve("step-000003.rollouts"));

    try (RunReader reader = RunReader.open(folder)) {
      String flipped =
          assertThrows(DamagedRunException.class, () -> reader.rollouts(2)).getMessage();
      assertTrue(flipped.contains("step-000002.rollouts is damaged"), flipped);
      String missing =
          assertThrows(DamagedRunException.class, () -> reader.rollouts(3)).getMessage();
      assertTrue(missing.contains("rollouts of step 3 are missing"), missing);
      assertEquals(SampleRun.rollouts(1), reader.rollouts(1));
      assertEquals(12, reader.rolloutIndex().size());
      assertEquals(SampleRun.metrics(2), reader.metricsAt(2));
    }
  }

  @Test
  void theSegmentOfAnotherStepIsNotTakenForThisOne() throws IOException {
    RunFolder folder = SampleRun.written(root, 2);
    try (RunWriter writer = RunWriter.resume(folder)) {
      writer.writeStep(3, Map.of(), SampleRun.rollouts(3).subList(0, 1));
    }
    Files.copy(
        folder.rolloutsFolder().resolve("step-000003.rollouts"),
        folder.rolloutsFolder().resolve("step-000002.rollouts"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    try (RunReader reader = RunReader.open(folder)) {
      assertThrows(DamagedRunException.class, () -> reader.rollouts(2));
    }
  }

  @Test
  void longRolloutsAreSmallerThanTheirNumbers() throws IOException {
    int tokens = 4096;
    List<StoredRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      rollouts.add(
          new StoredRollout(
              1,
              0,
              i,
              "t",
              "train",
              "p".repeat(1000),
              "word ".repeat(tokens),
              "stop",
              new int[tokens],
              new boolean[tokens],
              new float[tokens],
              new float[tokens],
              null,
              Score.of(1),
              1,
              0));
    }

    byte[] segment = RolloutCodec.encode(rollouts);

    assertEquals(rollouts, RolloutCodec.decode("it", segment));
    assertTrue(segment.length < 8 * tokens, segment.length + " bytes");
  }

  @Test
  void arraysOfDifferentLengthAreRefusedWithTheirLengths() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new TokenTrace(
                        new int[3], new boolean[3], new float[2], new float[3], new float[4]))
            .getMessage();

    assertTrue(message.contains("tokens 3, mask 3, logProbs 2, entropies 3, baseLogProbs 4"));
  }

  @Test
  void aTraceKeepsItsOwnArrays() {
    int[] tokens = {1, 2};
    TokenTrace trace = new TokenTrace(tokens, new boolean[2], new float[2], new float[2], null);
    tokens[0] = 9;
    trace.tokens()[1] = 9;

    assertArrayEquals(new int[] {1, 2}, trace.tokens());
  }

  private static void assertDamaged(byte[] segment) {
    String message =
        assertThrows(DamagedRunException.class, () -> RolloutCodec.decode("step 1", segment))
            .getMessage();
    assertTrue(message.startsWith("step 1 is damaged: "), message);
  }
}
