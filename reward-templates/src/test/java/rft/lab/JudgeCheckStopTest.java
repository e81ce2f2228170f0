package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rft.judge.Judge;
import rft.reward.RewardJudge;

/** A check that is stopped after each of its stages: three readings and a padded one a group. */
final class JudgeCheckStopTest {
  private static final JudgeCheck CHECK = new JudgeCheck(3, 20, 1);
  private static final int GROUPS = 12;
  private static final int LABELLED = 6;

  private final RewardJudge judge =
      new RewardJudge(JudgeCheckTest.SOUND.asGroup(), Duration.ofSeconds(5));

  @AfterEach
  void close() {
    judge.close();
  }

  private JudgeReport stoppedAfter(int readings) throws InterruptedException {
    List<KnownGroup> groups = JudgeCheckTest.groups();
    JudgeCheck.Input input =
        new JudgeCheck.Input(
            judge,
            judge,
            Judge.of(new JudgeCheckTest.TalkativeModel()).compares("{{first}}{{second}}"),
            groups,
            groups.subList(0, LABELLED));
    AtomicInteger done = new AtomicInteger();
    return CHECK.run(input, done::set, () -> done.get() >= readings);
  }

  private static JudgeFinding.Status status(JudgeReport report, String name) {
    return JudgeCheckTest.finding(report, name).status();
  }

  @Test
  void theReportIsOfTheGroupsThatWereJudgedByThen() throws Exception {
    JudgeReport report = stoppedAfter(5 * 4 + 2);
    assertTrue(report.stopped());
    assertEquals(5, report.groups());
    assertEquals((5 * 4 + 2) * 6, report.verdicts());
    assertEquals(JudgeFinding.Status.PASSED, status(report, "order kept"));
    assertEquals(JudgeFinding.Status.SKIPPED, status(report, "first of two"));
    assertEquals(JudgeFinding.Status.SKIPPED, status(report, "other judge"));
    assertEquals(0, report.costUsd());
  }

  @Test
  void labelledAnswersAndTheOtherJudgeCountAsFarAsTheyWereJudged() throws Exception {
    JudgeReport labels = stoppedAfter(GROUPS * 4 + 2);
    assertEquals(2 * 6, JudgeCheckTest.finding(labels, "people").value().of());
    assertEquals(JudgeFinding.Status.SKIPPED, status(labels, "other judge"));
    JudgeReport other = stoppedAfter(GROUPS * 4 + LABELLED + 3);
    assertTrue(other.stopped());
    assertEquals(3 * 6, JudgeCheckTest.finding(other, "other judge").value().of());
    assertEquals(JudgeFinding.Status.PASSED, status(other, "other judge"));
    assertEquals(20 * 2 * JudgeCheckTest.TalkativeModel.COST, other.costUsd(), 1e-9);
  }

  @Test
  void aStopThatFindsNothingLeftToJudgeIsNone() throws Exception {
    assertFalse(stoppedAfter(GROUPS * 5 + LABELLED).stopped());
    assertTrue(stoppedAfter(GROUPS * 5 + LABELLED - 1).stopped());
  }

  @Test
  void withoutAWholeGroupThereIsNoReport() {
    assertThrows(CancellationException.class, () -> stoppedAfter(3));
  }
}
