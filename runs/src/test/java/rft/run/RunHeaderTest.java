package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunHeaderTest {
  @TempDir Path root;

  @Test
  void eachStepHasTheVersionThatWasSentLastBeforeIt() throws Exception {
    RunHeader header =
        SampleRun.header(new RunHome(root).create(null))
            .withReward(5, new RunHeader.RewardInfo("b", "2"))
            .withReward(9, new RunHeader.RewardInfo("c", "3"));
    assertEquals(List.of(1, 2, 2, 3), versions(header, 4, 5, 8, 9));
    assertEquals(
        List.of(1, 5, 5, 9), IntStream.of(4, 5, 8, 9).mapToObj(header::rewardSince).toList());
    assertEquals(header, RunHeader.fromJson(header.toJson()));
    assertEquals(header.reward().name() + ", from step 5 b, from step 9 c", header.rewardNames());
    // What was sent for a step that is trained once more is void; its file keeps its number.
    RunHeader again = header.withReward(7, new RunHeader.RewardInfo("d", "4"));
    assertEquals(List.of(1, 2, 4, 4), versions(again, 4, 6, 7, 12));
  }

  @Test
  void aRunOfAnOlderVersionHasNoChanges() throws Exception {
    RunHeader header = SampleRun.header(new RunHome(root).create(null));
    String old = header.toJson().replaceFirst(",\\s*\"rewardChanges\" : \\[ ]", "");
    assertFalse(old.contains("rewardChanges"), old);
    assertEquals(header, RunHeader.fromJson(old));
  }

  private static List<Integer> versions(RunHeader header, Integer... steps) {
    return List.of(steps).stream().map(header::rewardVersionAt).toList();
  }
}
