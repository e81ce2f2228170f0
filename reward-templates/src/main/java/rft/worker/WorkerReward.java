package rft.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.GroupReward;
import rft.reward.Judgement;
import rft.reward.RemoteReward;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.reward.Verdict;

/**
 * A reward in a worker process. A call beyond its time limit is ended by killing the process with
 * all it started; the next call gets a new one.
 *
 * <p>A reward that never answers must not cost its limit for each of thousands of completions: once
 * {@value #MOST_IN_A_GROUP} calls in a row of one group got no answer, the rest of the group is not
 * called, and once {@value #MOST_IN_A_ROW} did, only one group in {@value #GROUPS_A_PROBE} is tried
 * until one is answered. What is not called fails and says so.
 */
public final class WorkerReward implements RemoteReward {
  private static final int MOST_IN_A_GROUP = 4;
  private static final int MOST_IN_A_ROW = 16;
  private static final int GROUPS_A_PROBE = 16;

  private final RewardUnit unit;
  private final boolean each;
  private final Duration limit;
  private @Nullable Path jar;
  private @Nullable WorkerProcess process;
  private boolean closed;
  private Failure lastLoss = new Failure(Failure.Kind.WORKER_DIED, "");
  private int lostInARow;
  private int groupsSkipped;

  /**
   * @param each whether it scores completions one by one
   * @param limit of one call
   */
  WorkerReward(RewardUnit unit, boolean each, Duration limit) {
    this.unit = unit;
    this.each = each;
    this.limit = limit;
  }

  /**
   * Returns a judge that applies a reward in this process for as long as it behaves, and in a
   * worker after its first call that hangs or runs out of memory; one that names what ends a JVM
   * begins there. Close it to end both.
   *
   * @param limit of one call
   * @throws IllegalArgumentException if the reward cannot be loaded
   */
  public static RewardJudge judge(RewardUnit unit, Duration limit) {
    GroupReward reward = unit.load();
    boolean each = RewardJudge.isOfEach(reward);
    RewardJudge judge = new RewardJudge(reward, limit, () -> new WorkerReward(unit, each, limit));
    if (unit.mayEndProcess()) {
      judge.moveOut();
    }
    return judge;
  }

  /**
   * Returns the reward in a worker from its first call on: no class of it is loaded here. The
   * completions of a task are scored in one call, whatever kind of reward it is. Ask it from one
   * thread at a time; close it to end its process.
   *
   * @param limit of one call
   */
  public static WorkerReward apart(RewardUnit unit, Duration limit) {
    return new WorkerReward(unit, false, limit);
  }

  @Override
  public List<Judgement> judge(Task task, List<Completion> group) throws InterruptedException {
    List<Judgement> judgements = new ArrayList<>(group.size());
    int allowed = lostInARow + allowance();
    while (judgements.size() < group.size() && lostInARow < allowed) {
      int before = lostInARow;
      ask(task, group, judgements);
      allowed = lostInARow > before ? allowed : MOST_IN_A_GROUP;
    }
    if (judgements.size() < group.size()) {
      Failure skipped =
          new Failure(
              lastLoss.kind(),
              "the reward was not called: the %d calls before got no answer, the last because %s"
                  .formatted(lostInARow, lastLoss.detail()));
      add(
          judgements,
          Collections.nCopies(group.size() - judgements.size(), skipped),
          System.nanoTime());
    }
    return judgements;
  }

  /** Returns how many calls of a group may go without an answer. */
  private int allowance() {
    if (lostInARow < MOST_IN_A_ROW) {
      return MOST_IN_A_GROUP;
    }
    return ++groupsSkipped % GROUPS_A_PROBE == 0 ? 1 : 0;
  }

  /** Adds at least one judgement, and all that are missing unless the process must be ended. */
  private void ask(Task task, List<Completion> group, List<Judgement> judgements)
      throws InterruptedException {
    long start = System.nanoTime();
    Failure failure = null;
    try {
      WorkerProcess worker = running();
      worker.send(WorkerLines.question(task, group.subList(judgements.size(), group.size()), each));
      while (judgements.size() < group.size()) {
        worker.receiveBegin();
        start = System.nanoTime();
        add(judgements, WorkerLines.verdicts(worker.receive(limit)), start);
        lostInARow = 0;
        groupsSkipped = 0;
      }
    } catch (WorkerProcess.LateException e) {
      failure = RewardJudge.timedOut(limit);
    } catch (IOException | IllegalArgumentException e) {
      failure = new Failure(Failure.Kind.WORKER_DIED, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      end();
      throw e;
    }
    if (failure != null) {
      end();
      lastLoss = failure;
      lostInARow++;
      int lost = each ? 1 : group.size() - judgements.size();
      add(judgements, Collections.nCopies(lost, failure), start);
    }
  }

  private static void add(
      List<Judgement> judgements, List<? extends Verdict> verdicts, long start) {
    Duration latency = Duration.ofNanos(System.nanoTime() - start);
    verdicts.forEach(verdict -> judgements.add(new Judgement(verdict, latency)));
  }

  private synchronized WorkerProcess running() throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("the reward's process was closed");
    }
    if (process == null) {
      if (jar == null) {
        jar = Files.createTempFile("rft-reward", ".jar");
        unit.writeJar(jar);
      }
      process = WorkerProcess.start(jar);
    }
    return process;
  }

  private synchronized void end() {
    if (process != null) {
      process.close();
      process = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    end();
    if (jar != null) {
      try {
        Files.deleteIfExists(jar);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete the reward's temporary file " + jar, e);
      }
    }
  }
}
