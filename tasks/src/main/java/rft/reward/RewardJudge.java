package rft.reward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;

/**
 * Applies a reward within a time limit and turns whatever goes wrong into a {@link Failure}: never
 * an exception, never a made-up number.
 *
 * <p>The reward runs in this JVM, on daemon threads of the judge. Java code cannot be stopped from
 * outside: after a time-out the thread is interrupted and, if that does not end it, left behind to
 * spin (before Java 20, one that spins in the reward's own code is ended). A judge that has a
 * {@link RemoteReward} to go to makes every later call there, where one that hangs is killed. One
 * that has none starts another thread, and once {@value #MAX_STUCK} are left behind it stops
 * calling the reward and fails every completion, so that a hanging reward cannot eat the machine.
 *
 * <p>Completions are judged one after the other. Only a compiled reward that scores single
 * completions and cannot remember anything (it has no field that could change, and no dependency
 * jar) is called on all processors at once: no reward has to be made safe for that.
 */
public final class RewardJudge implements AutoCloseable {
  private static final int MAX_STUCK = 8;
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final GroupReward reward;
  private final Duration limit;
  private final @Nullable Supplier<? extends RemoteReward> elsewhere;
  private final List<Thread> left = new ArrayList<>();
  private volatile @Nullable RemoteReward remote;
  private volatile @Nullable Batch current;
  private volatile boolean closed;

  /**
   * The completions of one task.
   *
   * @param task what they answer
   * @param completions judged together if the reward scores groups
   */
  public record Question(Task task, List<Completion> completions) {
    public Question {
      completions = List.copyOf(completions);
    }
  }

  /**
   * Makes a judge that has nowhere to go; close it to end its threads.
   *
   * @param reward what to apply; a reward of single completions ({@link RewardFunction#asGroup}) is
   *     called completion by completion
   * @param limit time limit of one call: of one completion, or of the group if the reward scores
   *     groups
   */
  public RewardJudge(GroupReward reward, Duration limit) {
    this(reward, limit, null);
  }

  /**
   * Makes a judge that goes elsewhere once a call hangs or runs out of memory.
   *
   * @param elsewhere makes the place to go to, which keeps the same limit
   */
  public RewardJudge(
      GroupReward reward, Duration limit, @Nullable Supplier<? extends RemoteReward> elsewhere) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("time limit (" + limit + ") must be more than zero");
    }
    this.reward = reward;
    this.limit = limit;
    this.elsewhere = elsewhere;
  }

  /**
   * Returns one judgement per completion, in the same order.
   *
   * @throws VirtualMachineError if the JVM ran out of memory or broke while the reward ran
   * @throws IllegalStateException if the judge is closed or its caller is interrupted
   */
  public List<Judgement> judge(Task task, List<Completion> group) {
    return judgeAll(List.of(new Question(task, group))).get(0);
  }

  /** Returns the judgements of many questions: the same as one by one, and faster. */
  public synchronized List<List<Judgement>> judgeAll(List<Question> questions) {
    if (closed) {
      throw new IllegalStateException("this judge is closed: make a new one");
    }
    Batch batch = batch(questions);
    current = batch;
    try {
      if (remote == null) {
        judgeHere(batch);
      }
      if (remote != null) {
        judgeThere(batch, questions);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
    } catch (InterruptedException e) {
      left.addAll(batch.abandon());
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the reward ran", e);
    } finally {
      current = null;
    }
    if (!batch.isWhole()) {
      throw new IllegalStateException("this judge was closed while the reward ran: make a new one");
    }
    return batch.judgements();
  }

  /** Returns whether a reward is called completion by completion, not once for a group. */
  public static boolean isOfEach(GroupReward reward) {
    return reward instanceof EachCompletion;
  }

  /** Makes every later call elsewhere, if there is such a place. */
  public synchronized void moveOut() {
    if (elsewhere != null && remote == null) {
      remote = elsewhere.get();
    }
  }

  private Batch batch(List<Question> questions) {
    List<Batch.Call> calls = new ArrayList<>();
    for (int q = 0; q < questions.size(); q++) {
      int size = questions.get(q).completions().size();
      if (reward instanceof EachCompletion) {
        for (int i = 0; i < size; i++) {
          calls.add(new Batch.Call(q, i, 1));
        }
      } else if (size > 0) {
        calls.add(new Batch.Call(q, 0, size));
      }
    }
    List<Integer> sizes = questions.stream().map(q -> q.completions().size()).toList();
    return new Batch(
        sizes,
        remote == null ? calls : List.of(),
        c -> call(questions.get(c.question()), c),
        limit);
  }

  /** Returns as many verdicts as the call has completions, whatever the reward does. */
  private List<Verdict> call(Question question, Batch.Call call) {
    List<Completion> all = question.completions();
    try {
      return reward instanceof EachCompletion each
          ? List.of(each.score(question.task(), all.get(call.first())))
          : checked(reward.score(question.task(), all), call.count());
    } catch (Exception | Error e) {
      return Collections.nCopies(call.count(), Verdicts.ofThrown(e));
    }
  }

  private void judgeHere(Batch batch) throws InterruptedException {
    left.removeIf(stuck -> !stuck.isAlive());
    boolean parallel = reward instanceof EachCompletion each && each.isStateless();
    Thread stuck = null;
    do {
      if (left.size() >= MAX_STUCK) {
        batch.halt();
      }
      batch.start(parallel ? PROCESSORS : 1);
      stuck = batch.await();
      if (stuck != null) {
        left.add(stuck);
        if (elsewhere != null) {
          batch.halt();
          moveOut();
        }
      }
    } while (stuck != null);
    VirtualMachineError fatal = batch.fatal();
    if (fatal instanceof OutOfMemoryError && elsewhere != null) {
      moveOut();
    } else if (fatal != null) {
      throw fatal;
    }
    if (remote == null && left.size() >= MAX_STUCK) {
      fail(batch);
    }
  }

  /** Fails what was not called because too many calls hang. */
  private void fail(Batch batch) {
    Failure failure =
        new Failure(
            Failure.Kind.TIMEOUT,
            "the reward was not called: "
                + left.size()
                + " earlier calls still hang; repair it, or run it in a process of its own");
    batch.fillWith(new Judgement(failure, Duration.ZERO));
  }

  private void judgeThere(Batch batch, List<Question> questions) throws InterruptedException {
    RemoteReward there = remote;
    for (int q = 0; q < questions.size() && there != null && !closed; q++) {
      List<Integer> open = batch.open(q);
      if (!open.isEmpty()) {
        Question question = questions.get(q);
        List<Completion> left = open.stream().map(question.completions()::get).toList();
        List<Judgement> judgements = there.judge(question.task(), left);
        for (int i = 0; i < open.size(); i++) {
          batch.set(q, open.get(i), judgements.get(i));
        }
      }
    }
  }

  /**
   * Ends the judge's threads and processes, at once, and closes the reward if it holds anything: a
   * call that runs is interrupted, and its judge throws {@link IllegalStateException} or gives that
   * call's failure.
   */
  @Override
  public void close() {
    closed = true;
    Batch batch = current;
    if (batch != null) {
      batch.interrupt();
    }
    RemoteReward there = remote;
    if (there != null) {
      there.close();
    }
    EachCompletion.close(reward);
  }

  /** Returns the failure of a call that took longer than its limit. */
  public static Failure timedOut(Duration limit) {
    return new Failure(
        Failure.Kind.TIMEOUT, "the reward did not answer within " + limit.toMillis() + " ms");
  }

  /** Returns the verdicts of a group reward, or as many failures if it broke its contract. */
  private static List<Verdict> checked(@Nullable List<Verdict> verdicts, int expected) {
    if (verdicts == null || verdicts.size() != expected) {
      String count = verdicts == null ? "no list" : verdicts.size() + " verdicts";
      return Collections.nCopies(
          expected,
          new Failure(
              Failure.Kind.WRONG_COUNT,
              "the reward returned "
                  + count
                  + " for a group of "
                  + expected
                  + ": return one verdict per completion, in order"));
    }
    return IntStream.range(0, expected).mapToObj(i -> Verdicts.orMissing(verdicts.get(i))).toList();
  }
}
