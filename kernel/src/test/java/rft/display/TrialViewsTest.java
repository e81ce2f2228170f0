package rft.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.command.RewardTry;
import rft.command.TrialSummary;
import rft.reward.Failure;
import rft.reward.Score;
import rft.reward.Verdict;
import tech.tablesaw.api.Table;

final class TrialViewsTest {
  private static RewardTry.Row row(RewardTry.Origin origin, Verdict verdict, Verdict before) {
    Integer step = origin == RewardTry.Origin.RUN ? 7 : null;
    return new RewardTry.Row(origin, step, "t1", "2 + 2?", "4", "#### 4", verdict, before);
  }

  private static RewardTry.Report report() {
    Verdict half = new Score(0.5, Map.of("right", 1.0, "short", -0.5), "too long", 0);
    return new RewardTry.Report(
        "len",
        "ab".repeat(32),
        Map.of("right", 1.0, "short", 1.0),
        List.of(
            row(RewardTry.Origin.REFERENCE, Score.of(0.5), null),
            row(RewardTry.Origin.RUN, half, Score.of(1)),
            row(RewardTry.Origin.RUN, new Failure(Failure.Kind.EXCEPTION, "boo"), Score.of(0)),
            row(RewardTry.Origin.RUN, new Failure(Failure.Kind.EXCEPTION, "boo"), Score.of(0))),
        new TrialSummary(1, 1, 0, 0, Map.of(), 0.5, 0.0, null),
        new TrialSummary(
            2,
            1,
            0,
            0,
            Map.of("exception", 1),
            0.5,
            0.0,
            new TrialSummary.Agreement(1, 0, 0, 0, 1, -0.5)),
        3,
        0.25);
  }

  @Test
  void aTrialSaysWhatItScoredWhatFailedAndWhatChanged() {
    String text = Views.text(report());
    assertTrue(text.startsWith("reward len  4 completions in 250 ms\n"), text);
    assertTrue(text.contains("reference answers: 0 of 1 with full marks, mean 0.5, std 0"), text);
    assertTrue(text.contains("rollouts whose reward failed: {exception=1}"), text);
    assertTrue(
        text.contains(
            "0 of 1 scored the same as when they were sampled; 0 gained full marks, 1 lost them;"
                + " mean difference -0.5"),
        text);
    assertTrue(text.contains("3 rollouts left out"), text);
    assertTrue(text.contains("1 of 1 reference answers do not get full marks"), text);
    assertTrue(text.contains("from       task  times  reward  when sampled  completion"), text);
    assertTrue(text.contains("step 7     t1        2  failed             0  #### 4"), text);
    assertTrue(text.contains("exception, boo"), text);
  }

  @Test
  void aTrialIsATableWithAColumnForEachPart() {
    Table table = Tables.table(report());
    assertEquals(4, table.rowCount());
    assertEquals("reference", table.stringColumn("origin").get(0));
    assertEquals(-0.5, table.doubleColumn("part/short").get(1));
    assertTrue(table.column("before").isMissing(0));
    assertTrue(table.column("reward").isMissing(2));
  }
}
