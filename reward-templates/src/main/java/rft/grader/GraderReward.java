package rft.grader;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.Verdict;

/** A grader as a reward. One that asks a model judges the completions of a group side by side. */
final class GraderReward implements GroupReward, AutoCloseable {
  private static final int AT_ONCE = 16;

  private final GraderRuntime runtime;
  private final ExecutorService threads;

  GraderReward(GraderRuntime runtime, boolean asksModels) {
    this.runtime = runtime;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            asksModels ? AT_ONCE : 1,
            work -> {
              Thread thread = new Thread(work, "grader-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    ObjectNode item = GraderSample.item(task);
    List<Future<Verdict>> coming = new ArrayList<>();
    for (Completion completion : group) {
      ObjectNode sample = GraderSample.of(completion);
      coming.add(threads.submit(() -> runtime.grade(item, sample).verdict()));
    }
    List<Verdict> verdicts = new ArrayList<>();
    try {
      for (Future<Verdict> verdict : coming) {
        verdicts.add(verdict.get());
      }
      return verdicts;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the grader ran", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the grader broke: " + e.getCause(), e);
    } finally {
      coming.forEach(verdict -> verdict.cancel(true));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    runtime.close();
  }
}
