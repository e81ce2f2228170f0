package rft.reward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;

/**
 * Applies a reward within a time limit and turns whatever goes wrong into a {@link Failure}: never
 * an exception, never a made-up number.
 *
 * <p>The reward runs in this JVM, on a daemon thread of the judge. Java code cannot be stopped from
 * outside: after a time-out the thread is interrupted and, if that does not end it, left behind to
 * spin, while a new one takes over. Once {@value #MAX_STUCK} threads are left behind the judge
 * stops calling the reward and fails every completion, so that a hanging reward cannot eat the
 * machine; use a process of its own to go on. Groups are judged one at a time.
 */
public final class RewardJudge implements AutoCloseable {
  private static final int MAX_STUCK = 8;

  private final GroupReward reward;
  private final Duration limit;
  private final List<Thread> left = new ArrayList<>();
  private @Nullable Thread thread;
  private volatile ExecutorService executor;
  private volatile boolean closed;

  /**
   * Makes a judge; close it to end its thread.
   *
   * @param reward what to apply; a reward of single completions ({@link RewardFunction#asGroup}) is
   *     called completion by completion
   * @param limit time limit of one call: of one completion, or of the group if the reward scores
   *     groups
   */
  public RewardJudge(GroupReward reward, Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("time limit (" + limit + ") must be more than zero");
    }
    this.reward = reward;
    this.limit = limit;
    this.executor = newExecutor();
  }

  /**
   * Returns one judgement per completion, in the same order.
   *
   * @throws VirtualMachineError if the JVM ran out of memory or broke while the reward ran
   * @throws IllegalStateException if the judge is closed or its caller is interrupted
   */
  public synchronized List<Judgement> judge(Task task, List<Completion> group) {
    if (!(reward instanceof EachCompletion each)) {
      return judgeGroup(task, List.copyOf(group));
    }
    List<Judgement> judgements = new ArrayList<>(group.size());
    for (Completion completion : group) {
      judgements.addAll(timed(1, () -> List.of(each.score(task, List.of(completion)).get(0))));
    }
    return judgements;
  }

  /**
   * Ends the judge's thread, at once, and closes the reward if it holds anything: a call that runs
   * is interrupted, and its judge throws {@link IllegalStateException} or gives that call's
   * failure.
   */
  @Override
  public void close() {
    closed = true;
    executor.shutdownNow();
    if (reward instanceof AutoCloseable held) {
      try {
        held.close();
      } catch (Exception e) {
        throw new IllegalStateException("the reward cannot let go of what it holds", e);
      }
    }
  }

  private List<Judgement> judgeGroup(Task task, List<Completion> group) {
    return timed(group.size(), () -> checked(reward.score(task, group), group.size()));
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
    List<Verdict> copy = new ArrayList<>(expected);
    for (Verdict verdict : verdicts) {
      copy.add(Verdicts.orMissing(verdict));
    }
    return copy;
  }

  private List<Judgement> timed(int count, Callable<List<Verdict>> call) {
    long start = System.nanoTime();
    List<Verdict> verdicts = run(count, call);
    Duration latency = Duration.ofNanos(System.nanoTime() - start);
    return verdicts.stream().map(verdict -> new Judgement(verdict, latency)).toList();
  }

  private List<Verdict> run(int count, Callable<List<Verdict>> call) {
    left.removeIf(stuck -> !stuck.isAlive());
    if (left.size() >= MAX_STUCK) {
      return Collections.nCopies(
          count,
          new Failure(
              Failure.Kind.TIMEOUT,
              "the reward was not called: "
                  + left.size()
                  + " earlier calls still hang; repair it, or run it in a process of its own"));
    }
    try {
      Future<List<Verdict>> future = executor.submit(call);
      List<Verdict> verdicts = future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      // A call that is done already is handed over without a look at the interrupt.
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while the reward ran");
      }
      return verdicts;
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("this judge is closed: make a new one", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Collections.nCopies(count, Verdicts.ofThrown(cause));
    } catch (TimeoutException e) {
      abandon();
      return Collections.nCopies(
          count,
          new Failure(
              Failure.Kind.TIMEOUT,
              "the reward did not answer within " + limit.toMillis() + " ms"));
    } catch (InterruptedException e) {
      abandon();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the reward ran", e);
    }
  }

  private void abandon() {
    executor.shutdownNow();
    if (thread != null) {
      left.add(thread);
    }
    if (!closed) {
      executor = newExecutor();
    }
  }

  private ExecutorService newExecutor() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread next = new Thread(task, "reward");
          next.setDaemon(true);
          thread = next;
          return next;
        });
  }
}
