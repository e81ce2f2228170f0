package rft.grader;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.Verdict;

/** A grader as a reward. One that asks a model judges the completions of a group side by side. */
final class GraderReward implements GroupReward, AutoCloseable {
  private static final int AT_ONCE = 16;

  private final GraderRuntime runtime;
  private final @Nullable ExecutorService threads;

  GraderReward(GraderRuntime runtime, boolean asksModels) {
    this.runtime = runtime;
    this.threads = asksModels ? threads() : null;
  }

  private static ExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        AT_ONCE,
        work -> {
          Thread thread = new Thread(work, "grader-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    ObjectNode item = GraderSample.item(task);
    List<Callable<Verdict>> calls = new ArrayList<>();
    for (Completion completion : group) {
      calls.add(() -> runtime.grade(item, GraderSample.of(completion)).verdict());
    }
    List<Verdict> verdicts = new ArrayList<>();
    try {
      if (threads != null) {
        for (Future<Verdict> verdict : threads.invokeAll(calls)) {
          verdicts.add(verdict.get());
        }
      } else {
        for (Callable<Verdict> call : calls) {
          verdicts.add(call.call());
        }
      }
      return verdicts;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the grader ran", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the grader broke: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdownNow();
    }
    runtime.close();
  }
}
