package rft.reward;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a reward that wait, run or are done. Daemon threads work them off; the thread that asked
 * for them watches the time of each. What hangs is given up: its thread is interrupted and left
 * behind, and whatever it still finds is dropped.
 */
final class Batch {
  /**
   * One call of the reward.
   *
   * @param question place of its question
   * @param first place of its first completion in the question's group
   * @param count its completions
   */
  record Call(int question, int first, int count) {}

  /** A call with the thread it runs on. */
  private record Running(Call call, Thread thread, long start) {}

  private final Judgement[][] judgements;
  private final Deque<Call> waiting;
  private final Set<Running> running = new LinkedHashSet<>();
  private final Function<Call, List<Verdict>> reward;
  private final Duration limit;
  private @Nullable VirtualMachineError fatal;

  /**
   * @param sizes completions of each question
   * @param limit of one call
   */
  Batch(
      List<Integer> sizes, List<Call> calls, Function<Call, List<Verdict>> reward, Duration limit) {
    this.judgements = sizes.stream().map(size -> new Judgement[size]).toArray(Judgement[][]::new);
    this.waiting = new ArrayDeque<>(calls);
    this.reward = reward;
    this.limit = limit;
  }

  /** Starts threads until as many run, or as many as there are calls left. */
  synchronized void start(int threads) {
    for (int more = Math.min(threads, waiting.size()) - running.size(); more > 0; more--) {
      Thread thread = new Thread(this::work, "reward");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void work() {
    for (Running mine = take(); mine != null; mine = take()) {
      List<Verdict> verdicts = null;
      VirtualMachineError broken = null;
      try {
        verdicts = reward.apply(mine.call());
      } catch (VirtualMachineError e) {
        broken = e;
      }
      if (!finish(mine, verdicts, broken)) {
        return;
      }
    }
  }

  private synchronized @Nullable Running take() {
    Call call = waiting.poll();
    if (call == null) {
      return null;
    }
    Running mine = new Running(call, Thread.currentThread(), System.nanoTime());
    running.add(mine);
    return mine;
  }

  /** Returns whether to go on: not if the call was given up meanwhile, or broke the JVM. */
  private synchronized boolean finish(
      Running mine, @Nullable List<Verdict> verdicts, @Nullable VirtualMachineError broken) {
    if (!running.remove(mine)) {
      return false;
    }
    if (verdicts == null) {
      fatal = broken;
      waiting.clear();
    } else {
      put(mine.call(), verdicts, Duration.ofNanos(System.nanoTime() - mine.start()));
    }
    if (running.isEmpty() && waiting.isEmpty()) {
      notifyAll();
    }
    return verdicts != null;
  }

  private void put(Call call, List<Verdict> verdicts, Duration latency) {
    for (int i = 0; i < call.count(); i++) {
      judgements[call.question()][call.first() + i] = new Judgement(verdicts.get(i), latency);
    }
  }

  /**
   * Waits until no call runs and none can, or one hangs, which becomes a failure.
   *
   * @return the thread that is left behind, or null if none is
   */
  synchronized @Nullable Thread await() throws InterruptedException {
    while (!running.isEmpty() || !waiting.isEmpty()) {
      long now = System.nanoTime();
      long wait = limit.toNanos();
      for (Running call : running) {
        long left = call.start() + limit.toNanos() - now;
        if (left <= 0) {
          giveUp(call, Duration.ofNanos(now - call.start()));
          return call.thread();
        }
        wait = Math.min(wait, left);
      }
      wait(wait / 1_000_000, (int) (wait % 1_000_000));
    }
    return null;
  }

  private void giveUp(Running hanging, Duration latency) {
    running.remove(hanging);
    HangingThread.end(hanging.thread());
    Verdict failure = RewardJudge.timedOut(limit);
    put(hanging.call(), Collections.nCopies(hanging.call().count(), failure), latency);
  }

  /** Starts no further call. */
  synchronized void halt() {
    waiting.clear();
    notifyAll();
  }

  /** Gives up whatever runs, without verdicts; returns the threads that are left behind. */
  synchronized List<Thread> abandon() {
    halt();
    List<Thread> threads = running.stream().map(Running::thread).toList();
    running.clear();
    threads.forEach(Thread::interrupt);
    return threads;
  }

  /** Starts no further call and interrupts those that run, which may still give a verdict. */
  synchronized void interrupt() {
    halt();
    running.forEach(call -> call.thread().interrupt());
  }

  /** Returns what broke the JVM during a call, or null. */
  synchronized @Nullable VirtualMachineError fatal() {
    return fatal;
  }

  /** Returns whether every completion has its judgement. */
  synchronized boolean isWhole() {
    for (Judgement[] group : judgements) {
      for (Judgement judgement : group) {
        if (judgement == null) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the places of a question's completions that have no judgement. */
  synchronized List<Integer> open(int question) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < judgements[question].length; i++) {
      if (judgements[question][i] == null) {
        places.add(i);
      }
    }
    return places;
  }

  /** Gives every completion that has no judgement this one. */
  synchronized void fillWith(Judgement judgement) {
    for (int q = 0; q < judgements.length; q++) {
      for (int place : open(q)) {
        set(q, place, judgement);
      }
    }
  }

  synchronized void set(int question, int place, Judgement judgement) {
    judgements[question][place] = judgement;
  }

  /** Returns the judgements of each question; only if it is whole. */
  synchronized List<List<Judgement>> judgements() {
    List<List<Judgement>> all = new ArrayList<>(judgements.length);
    for (Judgement[] group : judgements) {
      all.add(List.of(group));
    }
    return all;
  }
}
