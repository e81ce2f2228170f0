package rft.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rft.run.Metric;
import rft.run.RolloutRow;

/** Lengths, the token limit, and answers that repeat. */
class CompletionRulesTest {
  private static @Nullable Alarm alarm(Rule rule, CourseSketch sketch) throws IOException {
    return rule.look(sketch.course()).alarm();
  }

  private static CourseSketch lengths(double later, double truncated) {
    return new CourseSketch(50)
        .with(Metric.COMPLETION_LENGTH_MEAN, step -> step < 20 ? 12 : later)
        .with(Metric.COMPLETION_TRUNCATED, step -> step < 20 ? 0 : truncated);
  }

  @Test
  void longerAnswersAreARunawayOnlyWhereTheyAreCutOff() throws IOException {
    Alarm alarm = alarm(new LengthDrift(), lengths(40, 0.7));
    assertEquals(20, alarm.since());
    assertEquals(
        "completions went from 12 tokens in the first steps to 40 at step 50, where 70.0 % are cut"
            + " off at the limit",
        alarm.sentence());
    assertNull(alarm(new LengthDrift(), lengths(40, 0.1)));
  }

  @Test
  void answersThatShrinkToNothingAreNamed() throws IOException {
    Alarm alarm = alarm(new LengthDrift(), lengths(2, 0));
    assertTrue(alarm.tryNext().get(0).contains("brevity"), alarm.tryNext().get(0));
    assertNull(alarm(new LengthDrift(), lengths(6, 0)));
  }

  @Test
  void aLimitThatIsTooSmallIsNamedWithTheRolloutsItCut() throws IOException {
    List<RolloutRow> rows =
        List.of(
            new RolloutRow(50, 0, 0, "t", null, 1, 0, 5, "score", "stop"),
            new RolloutRow(50, 0, 1, "t", null, 0, 0, 8, "score", "length"));
    CourseSketch cut =
        new CourseSketch(50).with(Metric.COMPLETION_TRUNCATED, step -> 0.6).rollouts(rows);
    Alarm alarm = alarm(new Truncated(), cut);
    assertEquals(Severity.STOP, alarm.severity());
    assertEquals(List.of(new Place(50, 0, 1)), alarm.rollouts());
    assertEquals("--max-new-tokens 512", alarm.tryNext().get(0));
    assertNull(alarm(new Truncated(), lengths(40, 0.7)));
    assertNull(alarm(new Truncated(), lengths(12, 0.2)));
  }

  @Test
  void repeatedAnswersCountWhileTasksAreUnsolved() throws IOException {
    CourseSketch same =
        new CourseSketch(20)
            .with(Metric.DUPLICATES, step -> step < 10 ? 0.1 : 0.8)
            .with(Metric.GROUP_ALL_BAD, step -> 0.25);
    assertEquals(10, alarm(new Duplicates(), same).since());
    assertNull(alarm(new Duplicates(), same.with(Metric.GROUP_ALL_BAD, step -> 0.125)));
    CourseSketch small =
        new CourseSketch(20)
            .options(o -> o.withLoop(o.loop().withGroups(8, 4)))
            .with(Metric.DUPLICATES, step -> 0.7)
            .with(Metric.GROUP_ALL_BAD, step -> 1);
    assertEquals(1, alarm(new Duplicates(), small).since(), "3 of 4 at most can repeat");
  }
}
