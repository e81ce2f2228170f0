package rft.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rft.dataset.Task;

/** What a judge does with many questions at once, and where it goes when the reward misbehaves. */
@Timeout(60)
final class RewardBatchTest {
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
  void manyQuestionsAreJudgedAsOneByOne() {
    String source = "return completion.equals(answer) ? 1 : completion.length() / 10.0;";
    GroupReward reward = new RewardCompiler().compile("r", source).load();
    List<RewardJudge.Question> questions = new ArrayList<>();
    for (int q = 0; q < 500; q++) {
      List<Completion> group = new ArrayList<>();
      for (int i = 0; i < q % 5; i++) {
        group.add(Completion.of("x".repeat((q + i) % 9)));
      }
      questions.add(new RewardJudge.Question(Task.of("t" + q, "?", "x".repeat(q % 7)), group));
    }
    try (RewardJudge judge = new RewardJudge(reward, LONG)) {
      List<List<Verdict>> together =
          judge.judgeAll(questions).stream()
              .map(group -> group.stream().map(Judgement::verdict).toList())
              .toList();
      for (int q = 0; q < questions.size(); q++) {
        RewardJudge.Question question = questions.get(q);
        assertEquals(reward.score(question.task(), question.completions()), together.get(q));
      }
    }
  }

  @Test
  void onlyARewardThatCannotRememberIsCalledInParallel() {
    assertTrue(isStateless("return completion.length();"));
    assertTrue(
        isStateless(
            "private static final Pattern A = Pattern.compile(\"a\");"
                + " boolean reward(String completion) { return A.matcher(completion).find(); }"));
    assertFalse(isStateless("int calls; double reward(String completion) { return ++calls; }"));
    assertFalse(isStateless("static int n; double reward(String completion) { return ++n; }"));
    assertFalse(
        isStateless(
            "private static final Map<String, Integer> SEEN = new HashMap<>();"
                + " double reward(String completion) { return SEEN.size(); }"));
    assertFalse(((EachCompletion) RewardFunction.ofCheck((t, c) -> true).asGroup()).isStateless());
  }

  private static boolean isStateless(String source) {
    return ((EachCompletion) new RewardCompiler().compile("r", source).load()).isStateless();
  }

  @Test
  void afterAHangEveryLaterCallIsMadeElsewhereAndOnlyThere() {
    AtomicInteger here = new AtomicInteger();
    RewardFunction hanging =
        (task, completion) -> {
          here.incrementAndGet();
          while (completion.text().equals("bad") && !released) {
            LockSupport.parkNanos(1_000_000);
          }
          return Score.of(1);
        };
    ScriptedRemote remote = new ScriptedRemote();
    try (RewardJudge judge =
        new RewardJudge(hanging.asGroup(), Duration.ofMillis(200), () -> remote)) {
      List<Verdict> first = judge.judge(TASK, GROUP).stream().map(Judgement::verdict).toList();
      assertEquals(Score.of(1), first.get(0));
      assertEquals(Failure.Kind.TIMEOUT, assertInstanceOf(Failure.class, first.get(1)).kind());
      assertEquals(new Abstain("5 elsewhere"), first.get(2));
      assertEquals(new Abstain("4 elsewhere"), judge.judge(TASK, GROUP).get(0).verdict());
      assertEquals(2, here.get());
    }
    assertTrue(remote.closed);
  }

  @Test
  void aCallThatRunsOutOfMemoryIsMadeAgainElsewhere() {
    RewardFunction hungry =
        (task, completion) -> {
          throw new OutOfMemoryError("Java heap space");
        };
    try (RewardJudge judge = new RewardJudge(hungry.asGroup(), LONG, ScriptedRemote::new)) {
      assertEquals(new Abstain("4 elsewhere"), judge.judge(TASK, GROUP).get(0).verdict());
    }
  }

  private static final class ScriptedRemote implements RemoteReward {
    boolean closed;

    @Override
    public List<Judgement> judge(Task task, List<Completion> group) {
      return group.stream()
          .map(c -> new Judgement(new Abstain(c.text() + " elsewhere"), Duration.ZERO))
          .toList();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void whatCouldEndTheProcessIsSeenInItsClasses() {
    RewardCompiler compiler = new RewardCompiler();
    assertTrue(compiler.compile("r", "System.exit(1); return 1;").mayEndProcess());
    assertTrue(compiler.compile("r", "Runtime.getRuntime().halt(1); return 1;").mayEndProcess());
    assertFalse(compiler.compile("r", "System.out.println(1); return 1;").mayEndProcess());
    assertFalse(compiler.compile("r", "return \"exit\".length();").mayEndProcess());
  }

  @Test
  void closingClosesWhatTheRewardHolds() {
    AtomicInteger closed = new AtomicInteger();
    class Holding implements RewardFunction, AutoCloseable {
      @Override
      public Verdict score(Task task, Completion completion) {
        return Score.of(1);
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    }
    new RewardJudge(new Holding().asGroup(), LONG).close();
    assertEquals(1, closed.get());
  }
}
