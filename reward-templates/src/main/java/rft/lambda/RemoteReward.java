package rft.lambda;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.Verdict;

/** A reward behind a wire that bears some requests at once: a group is sent in batches. */
final class RemoteReward implements GroupReward, AutoCloseable {
  private final LambdaWire wire;
  private final int batch;
  private final ExecutorService senders;

  /**
   * @param batch most rollouts of a request
   * @param parallel most requests at once
   */
  RemoteReward(LambdaWire wire, int batch, int parallel) {
    this.wire = wire;
    this.batch = batch;
    this.senders =
        Executors.newFixedThreadPool(
            parallel,
            task -> {
              Thread thread = new Thread(task, "remote reward");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    List<LambdaRollout> rollouts = LambdaEvent.of(task, group).rollouts();
    List<Callable<List<Verdict>>> requests = new ArrayList<>();
    for (int start = 0; start < rollouts.size(); start += batch) {
      LambdaEvent part =
          new LambdaEvent(rollouts.subList(start, Math.min(rollouts.size(), start + batch)));
      requests.add(() -> ask(part));
    }
    try {
      List<Verdict> verdicts = new ArrayList<>(group.size());
      for (Future<List<Verdict>> answer : senders.invokeAll(requests)) {
        verdicts.addAll(answer.get());
      }
      return verdicts;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the reward was asked", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the reward could not be asked", e.getCause());
    }
  }

  private List<Verdict> ask(LambdaEvent event) throws InterruptedException {
    try {
      return LambdaReply.verdicts(wire.send(event.toJson(EventShape.STANDARD)), event);
    } catch (LambdaException e) {
      return Collections.nCopies(event.rollouts().size(), e.asFailure());
    }
  }

  @Override
  public void close() {
    senders.shutdownNow();
    wire.close();
  }
}
