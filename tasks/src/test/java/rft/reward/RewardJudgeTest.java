package rft.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rft.dataset.Task;

@Timeout(60)
final class RewardJudgeTest {
  private static final Task TASK = Task.of("t", "2+2?", "4");
  private static final List<Completion> GROUP =
      List.of(Completion.of("4"), Completion.of("bad"), Completion.of("5"));
  private static final Duration LONG = Duration.ofSeconds(30);

  private volatile boolean released;

  @AfterEach
  void releaseStuckThreads() {
    released = true;
  }

  @Test
  void everyCompletionGetsItsVerdictAndLatency() {
    RewardFunction right =
        RewardFunction.ofCheck((task, c) -> c.text().equals(task.referenceText()));
    try (RewardJudge judge = new RewardJudge(right.asGroup(), LONG)) {
      List<Judgement> judgements = judge.judge(TASK, GROUP);
      assertEquals(
          List.of(Score.of(1), Score.of(0), Score.of(0)),
          judgements.stream().map(Judgement::verdict).toList());
      assertTrue(judgements.stream().noneMatch(j -> j.latency().isNegative()));
    }
  }

  @Test
  void aRewardThatThrowsFailsOnlyThatCompletionAndSaysWhere() {
    RewardFunction parsing =
        RewardFunction.ofNumber((task, c) -> Integer.parseInt(c.text()) == 4 ? 1 : 0);
    List<Verdict> verdicts = judge(parsing.asGroup());
    assertEquals(Score.of(1), verdicts.get(0));
    assertEquals(Score.of(0), verdicts.get(2));
    Failure failure = failure(Failure.Kind.EXCEPTION, verdicts.get(1));
    assertTrue(failure.detail().contains("NumberFormatException: For input"), failure.detail());
    assertTrue(failure.detail().contains("RewardJudgeTest.java line "), failure.detail());
  }

  @Test
  void aGroupRewardThatThrowsFailsTheGroup() {
    List<Verdict> verdicts =
        judge(
            (task, group) -> {
              throw new AssertionError("expected 3");
            });
    assertEquals(3, verdicts.size());
    verdicts.forEach(verdict -> failure(Failure.Kind.EXCEPTION, verdict));
  }

  @Test
  void anEndlessLoopTimesOutAndTheNextCallRunsOnANewThread() {
    RewardFunction hanging =
        (task, completion) -> {
          while (completion.text().equals("bad") && !released) {
            Thread.onSpinWait();
          }
          return Score.of(1);
        };
    try (RewardJudge judge = new RewardJudge(hanging.asGroup(), Duration.ofMillis(300))) {
      List<Judgement> judgements = judge.judge(TASK, GROUP);
      assertEquals(Score.of(1), judgements.get(0).verdict());
      Failure failure = failure(Failure.Kind.TIMEOUT, judgements.get(1).verdict());
      assertEquals("the reward did not answer within 300 ms", failure.detail());
      assertTrue(judgements.get(1).latency().toMillis() >= 300);
      assertEquals(Score.of(1), judgements.get(2).verdict());
    }
  }

  @Test
  void aRewardThatKeepsHangingIsCalledNoMoreAndAgainOnceItsThreadsEnd() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    RewardFunction hanging =
        (task, completion) -> {
          calls.incrementAndGet();
          while (!released) {
            LockSupport.parkNanos(1_000_000);
          }
          return Score.of(1);
        };
    try (RewardJudge judge = new RewardJudge(hanging.asGroup(), Duration.ofMillis(20))) {
      List<Completion> twelve = Collections.nCopies(12, Completion.of("x"));
      List<Judgement> judgements = judge.judge(TASK, twelve);
      assertEquals(8, calls.get());
      Failure last = failure(Failure.Kind.TIMEOUT, judgements.get(11).verdict());
      assertTrue(last.detail().contains("8 earlier calls still hang"), last.detail());
      released = true;
      Verdict verdict = last;
      while (verdict instanceof Failure) {
        Thread.sleep(5);
        verdict = judge.judge(TASK, List.of(Completion.of("x"))).get(0).verdict();
      }
      assertEquals(Score.of(1), verdict);
    }
  }

  @Test
  void nanInfinityAndHugeNumbersAreNamed() {
    failure(Failure.Kind.NOT_A_NUMBER, judgeNumber(Double.NaN));
    failure(Failure.Kind.OUT_OF_RANGE, judgeNumber(Double.NEGATIVE_INFINITY));
    Failure huge = failure(Failure.Kind.OUT_OF_RANGE, judgeNumber(1e308));
    assertTrue(huge.detail().contains("1.0E308"), huge.detail());
  }

  @Test
  void aNanInsideAScoreIsAFailureToo() {
    failure(Failure.Kind.EXCEPTION, judge((t, group) -> List.of(Score.of(Double.NaN))).get(0));
  }

  @Test
  void oneValueForTheWholeGroupIsAWrongCount() {
    List<Verdict> verdicts = judge((task, group) -> List.of(Score.of(1)));
    assertEquals(3, verdicts.size());
    Failure failure = failure(Failure.Kind.WRONG_COUNT, verdicts.get(2));
    assertTrue(failure.detail().contains("1 verdicts for a group of 3"), failure.detail());
    failure(Failure.Kind.WRONG_COUNT, judge((task, group) -> null).get(0));
  }

  @Test
  void nullVerdictsAreFailuresOfTheirOwnCompletion() {
    List<Verdict> verdicts =
        judge((task, group) -> Arrays.asList(Score.of(1), null, new Abstain("no")));
    assertEquals(Score.of(1), verdicts.get(0));
    failure(Failure.Kind.EXCEPTION, verdicts.get(1));
    assertEquals(new Abstain("no"), verdicts.get(2));
    RewardFunction nothing = (task, completion) -> null;
    failure(Failure.Kind.EXCEPTION, judge(nothing.asGroup()).get(0));
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void aListOfSomethingElseIsAFailure() {
    GroupReward numbers = (task, group) -> (List) List.of(1.0, 0.0, 1.0);
    judge(numbers).forEach(verdict -> failure(Failure.Kind.EXCEPTION, verdict));
  }

  @Test
  void stackOverflowAndLinkageErrorsAreFailures() {
    RewardFunction endless = (task, completion) -> Score.of(depth(0));
    Failure failure = failure(Failure.Kind.EXCEPTION, judge(endless.asGroup()).get(0));
    assertTrue(failure.detail().contains("StackOverflowError"), failure.detail());
    RewardFunction unlinked =
        (task, completion) -> {
          throw new NoClassDefFoundError("org/example/Missing");
        };
    failure(Failure.Kind.EXCEPTION, judge(unlinked.asGroup()).get(0));
  }

  @Test
  void runningOutOfMemoryIsNotSwallowed() {
    RewardFunction hungry =
        (task, completion) -> {
          throw new OutOfMemoryError("Java heap space");
        };
    assertThrows(OutOfMemoryError.class, () -> judge(hungry.asGroup()));
    assertThrows(OutOfMemoryError.class, () -> judge(Rubric.of("part", 1, hungry).asGroup()));
  }

  @Test
  void closingEndsACallThatRuns() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    RewardFunction sleeping =
        (task, completion) -> {
          started.countDown();
          LockSupport.parkNanos(Duration.ofSeconds(50).toNanos());
          return Thread.interrupted() ? new Abstain("interrupted") : Score.of(1);
        };
    RewardJudge judge = new RewardJudge(sleeping.asGroup(), LONG);
    Future<List<Judgement>> judging =
        ForkJoinPool.commonPool().submit(() -> judge.judge(TASK, List.of(Completion.of("4"))));
    started.await();
    judge.close();
    assertEquals(new Abstain("interrupted"), judging.get().get(0).verdict());
  }

  @Test
  void aClosedJudgeRefusesAndAnImpossibleLimitToo() {
    RewardJudge judge = new RewardJudge((task, group) -> List.of(), LONG);
    judge.close();
    assertThrows(IllegalStateException.class, () -> judge.judge(TASK, GROUP));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RewardJudge((task, group) -> List.of(), Duration.ZERO));
  }

  private static int depth(int level) {
    return level < 0 ? 0 : depth(level + 1) + 1;
  }

  private static Verdict judgeNumber(double value) {
    return judge(RewardFunction.ofNumber((task, completion) -> value).asGroup()).get(0);
  }

  private static List<Verdict> judge(GroupReward reward) {
    try (RewardJudge judge = new RewardJudge(reward, LONG)) {
      return judge.judge(TASK, GROUP).stream().map(Judgement::verdict).toList();
    }
  }

  private static Failure failure(Failure.Kind kind, Verdict verdict) {
    Failure failure = assertInstanceOf(Failure.class, verdict);
    assertEquals(kind, failure.kind(), failure.detail());
    return failure;
  }
}
