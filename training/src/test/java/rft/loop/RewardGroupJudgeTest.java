package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import rft.reward.Failure;
import rft.reward.RewardFunction;
import rft.reward.RewardJudge;
import rft.reward.Score;

class RewardGroupJudgeTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Test
  void everyCompletionIsScoredWithItsOwnTask() {
    RewardFunction reward =
        RewardFunction.ofNumber(
            (task, completion) -> task.id().charAt(0) + completion.text().length() / 100.0);
    try (RewardJudge judge = new RewardJudge(reward.asGroup(), LIMIT)) {
      List<JudgedGroup> judged =
          new RewardGroupJudge(judge).judge(List.of(Groups.of(1, 2), Groups.of(0, 3)), 1);
      assertEquals(2, judged.size());
      assertEquals(Groups.of(1, 2).prompt(), judged.get(0).group().prompt());
      assertEquals(List.of(Score.of('b' + 0.04), Score.of('b' + 0.04)), judged.get(0).verdicts());
      assertEquals(Score.of('a' + 0.04), judged.get(1).verdicts().get(2));
      assertTrue(judged.get(0).latency().toNanos() > 0);
    }
  }

  @Test
  void rewardThatThrowsIsAVerdict() {
    RewardFunction reward =
        (task, completion) -> {
          throw new IllegalStateException("broken");
        };
    try (RewardJudge judge = new RewardJudge(reward.asGroup(), LIMIT)) {
      JudgedGroup judged = new RewardGroupJudge(judge).judge(List.of(Groups.of(0, 1)), 1).get(0);
      assertInstanceOf(Failure.class, judged.verdicts().get(0));
    }
  }

  @Test
  void interruptWhileARewardRunsCancels() {
    Thread caller = Thread.currentThread();
    RewardFunction reward =
        RewardFunction.ofNumber(
            (task, completion) -> {
              caller.interrupt();
              return 1;
            });
    try (RewardJudge judge = new RewardJudge(reward.asGroup(), LIMIT)) {
      assertThrows(
          CancellationException.class,
          () -> {
            for (int i = 0; i < 100; i++) {
              new RewardGroupJudge(judge).judge(List.of(Groups.of(0, 1)), 1);
            }
          });
      assertTrue(Thread.interrupted(), "the caller stays interrupted");
    }
  }

  @Test
  void judgeThatIsClosedIsAnErrorOfTheProgram() {
    RewardJudge judge =
        new RewardJudge(RewardFunction.ofNumber((task, completion) -> 1).asGroup(), LIMIT);
    judge.close();
    assertThrows(
        IllegalStateException.class,
        () -> new RewardGroupJudge(judge).judge(List.of(Groups.of(0, 1)), 1));
  }
}
