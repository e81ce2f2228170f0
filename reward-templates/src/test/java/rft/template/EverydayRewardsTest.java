package rft.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import rft.dataset.DatasetReader;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.RewardCompiler;
import rft.sample.EverydayTask;

/**
 * The rewards of the everyday tasks: those that check, and those that train with partial credit.
 */
final class EverydayRewardsTest {
  private static final Path ROOT = Path.of(System.getProperty("rft.root", ".."));

  @ParameterizedTest
  @EnumSource
  void theCheckPaysTheReferenceInFullOnEveryRowAndSilenceNothing(EverydayTask kind)
      throws IOException {
    GroupReward reward = RewardTemplates.unit(kind.rewardName()).load();
    List<Task> rows = rows(kind);
    assertEquals(kind.bundledRows(), rows.size());
    for (Task row : rows) {
      assertEquals(List.of(1.0, 0.0), paid(reward, row, kind.gold(row), ""), row.id());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extraction | {\"a\":1} | 0.1",
        "labels | fraud | 0.2",
        "arithmetic | #### -3 | 0.1"
      })
  void partialCreditEndsInFullMarksForWhatTheCheckCallsRight(
      String task, String wrong, double partial) throws IOException {
    EverydayTask kind = EverydayTask.valueOf(task.toUpperCase(Locale.ROOT));
    String source = Files.readString(ROOT.resolve("bench/real/rewards/" + task + ".java"));
    GroupReward reward = new RewardCompiler().compile(task, source).load();
    boolean credited = false;
    for (Task row : rows(kind)) {
      List<Double> paid = paid(reward, row, kind.gold(row), "", wrong, "No idea.");
      assertEquals(1, paid.get(0), 1e-9, row.id());
      assertEquals(List.of(0.0, 0.0), List.of(paid.get(1), paid.get(3)), row.id());
      credited |= Math.abs(paid.get(2) - partial) < 1e-9;
    }
    assertTrue(credited, wrong);
  }

  private static List<Task> rows(EverydayTask kind) throws IOException {
    Path file = ROOT.resolve("datasets/samples/" + kind.taskName() + ".jsonl");
    return DatasetReader.read(file).tasks();
  }

  private static List<Double> paid(GroupReward reward, Task row, String... texts) {
    return reward.score(row, List.of(texts).stream().map(Completion::of).toList()).stream()
        .map(verdict -> verdict.reward().orElseThrow())
        .toList();
  }
}
