package rft.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.Judgement;
import rft.reward.RewardCompiler;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.reward.Score;
import rft.reward.Verdict;

@Timeout(120)
final class WorkerRewardTest {
  private static final Task TASK = Task.of("t", "2+2?", "4");
  private static final Duration SHORT = Duration.ofMillis(1500);

  private static final String SPINNING =
      """
      if (completion.equals("spin")) { while (!Thread.interrupted()) {} }
      return completion.equals(answer);
      """;

  @Test
  void aHangingRewardCostsItsTimeLimitEachTimeAndLeavesNothingBehind() {
    List<Completion> group =
        IntStream.range(0, 8).mapToObj(i -> Completion.of(i % 4 == 1 ? "spin" : "4")).toList();
    try (RewardJudge judge = WorkerReward.judge(unit(SPINNING), SHORT)) {
      List<Verdict> verdicts = verdicts(judge, group);
      for (int i = 0; i < 8; i++) {
        if (i % 4 == 1) {
          Failure failure = failure(Failure.Kind.TIMEOUT, verdicts.get(i));
          assertEquals("the reward did not answer within 1500 ms", failure.detail());
        } else {
          assertEquals(Score.of(1), verdicts.get(i), "completion " + i);
        }
      }
      // The first call that hung was in this process; the later ones were killed.
      assertTrue(threads("reward") <= Runtime.getRuntime().availableProcessors());
      assertEquals(1, ProcessHandle.current().children().filter(this::isWorker).count());
    }
    assertEquals(0, workers());
  }

  @Test
  void aRewardThatNeverAnswersIsNotAskedForEveryCompletion() {
    String never = "if (answer.equals(\"4\")) { System.exit(7); } return 1;";
    try (RewardJudge judge = WorkerReward.judge(unit(never), Duration.ofSeconds(30))) {
      List<Verdict> verdicts = verdicts(judge, Collections.nCopies(6, Completion.of("x")));
      Failure fourth = failure(Failure.Kind.WORKER_DIED, verdicts.get(3));
      assertEquals("the reward's process ended with exit code 7", fourth.detail());
      Failure fifth = failure(Failure.Kind.WORKER_DIED, verdicts.get(4));
      assertEquals(
          "the reward was not called: the 4 calls before got no answer, the last because the"
              + " reward's process ended with exit code 7",
          fifth.detail());
      List<Completion> one = List.of(Completion.of("x"));
      assertEquals(Score.of(1), judge.judge(Task.of("ok", "1+1?", "2"), one).get(0).verdict());
    }
  }

  @Test
  void aRewardThatExitsLosesOneRolloutAndNotThisProcess() {
    String exiting =
        """
        if (completion.equals("exit")) { System.err.println("leaving"); System.exit(3); }
        return 1;
        """;
    try (RewardJudge judge = WorkerReward.judge(unit(exiting), Duration.ofSeconds(20))) {
      List<Verdict> verdicts =
          verdicts(judge, Stream.of("a", "exit", "b").map(Completion::of).toList());
      assertEquals(Score.of(1), verdicts.get(0));
      Failure died = failure(Failure.Kind.WORKER_DIED, verdicts.get(1));
      assertEquals("the reward's process ended with exit code 3, after: leaving", died.detail());
      assertEquals(Score.of(1), verdicts.get(2));
    }
  }

  @Test
  void aWorkerThatRunsOutOfMemoryLosesOneRollout() {
    String hungry =
        """
        if (completion.equals("eat")) {
          return new long[500_000_000].length;
        }
        return 1;
        """;
    try (RewardJudge judge = WorkerReward.judge(unit(hungry), Duration.ofSeconds(30))) {
      judge.moveOut();
      List<Verdict> verdicts =
          verdicts(judge, List.of(Completion.of("eat"), Completion.of("plain")));
      failure(Failure.Kind.WORKER_DIED, verdicts.get(0));
      assertEquals(Score.of(1), verdicts.get(1));
    }
  }

  @Test
  void everythingThatAGroupRewardSeesAndSaysCrossesOver() {
    String source =
        """
        public final class Seen {
          public static List<Verdict> reward(Task task, List<Completion> group) {
            if (group.size() == 1) { while (!Thread.interrupted()) {} }
            System.out.println("not an answer");
            return List.of(
                new Score(0.5, java.util.Map.of("odd\\ud800", 1e-300), group.get(0).text(), 0.25),
                new Abstain(task.attributes().path("k").asText()),
                Score.of(group.get(2).tokenCount(), group.get(2).finishReason().name()));
          }
        }
        """;
    RewardUnit unit =
        unit(
            "import java.util.*; import rft.dataset.*; import rft.reward.*;"
                + source.replace("java.util.Map", "Map"));
    Task task = Task.of("t", "p", "r");
    task.attributes().put("k", "v");
    List<Completion> group =
        List.of(
            Completion.of("broken \ud83d pair, \u0000 and \n line"),
            Completion.of(""),
            Completion.of("x", rft.reward.FinishReason.LENGTH, 7));
    try (RewardJudge judge = WorkerReward.judge(unit, SHORT)) {
      List<Verdict> here = judge.judge(task, group).stream().map(Judgement::verdict).toList();
      failure(Failure.Kind.TIMEOUT, verdicts(judge, List.of(Completion.of("x"))).get(0));
      List<Verdict> there = judge.judge(task, group).stream().map(Judgement::verdict).toList();
      assertEquals(here, there);
      assertEquals(
          List.of(
              new Score(
                  0.5, Map.of("odd\ud800", 1e-300), "broken \ud83d pair, \u0000 and \n line", 0.25),
              new Abstain("v"),
              Score.of(7, "LENGTH")),
          there);
    }
  }

  @Test
  void aTimeOutEndsWhatTheRewardStartedToo() throws Exception {
    String starting =
        """
        new ProcessBuilder("sleep", "1234").start();
        while (true) {}
        """;
    try (RewardJudge judge = WorkerReward.judge(unit(starting), Duration.ofSeconds(1))) {
      judge.moveOut();
      failure(Failure.Kind.TIMEOUT, verdicts(judge, List.of(Completion.of("x"))).get(0));
    }
    for (int i = 0; i < 100 && sleepers() > 0; i++) {
      Thread.sleep(20);
    }
    assertEquals(0, sleepers());
  }

  @Test
  void anInterruptedCallerLeavesNoWorker() throws Exception {
    RewardJudge judge = WorkerReward.judge(unit(SPINNING), Duration.ofSeconds(60));
    judge.moveOut();
    Thread caller = new Thread(() -> judge.judge(TASK, List.of(Completion.of("spin"))));
    caller.setUncaughtExceptionHandler((thread, thrown) -> {});
    caller.start();
    while (workers() == 0) {
      Thread.sleep(10);
    }
    caller.interrupt();
    caller.join();
    for (int i = 0; i < 100 && workers() > 0; i++) {
      Thread.sleep(20);
    }
    assertEquals(0, workers());
    judge.close();
  }

  private static RewardUnit unit(String source) {
    return new RewardCompiler().compile("worked", source);
  }

  private static List<Verdict> verdicts(RewardJudge judge, List<Completion> group) {
    return judge.judge(TASK, group).stream().map(Judgement::verdict).toList();
  }

  private static Failure failure(Failure.Kind kind, Verdict verdict) {
    Failure failure = assertInstanceOf(Failure.class, verdict);
    assertEquals(kind, failure.kind(), failure.detail());
    return failure;
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .count();
  }

  private long workers() {
    return ProcessHandle.current().children().filter(this::isWorker).count();
  }

  private boolean isWorker(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(RewardWorker.class.getName())
        || process.info().command().orElse("").endsWith("java");
  }

  private static long sleepers() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").equals("/usr/bin/sleep 1234"))
        .count();
  }
}
