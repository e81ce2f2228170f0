package rft.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunFolder;
import rft.run.RunHome;

/** A page may still ask for a run while another deletes it: that is no fault of the server. */
class VanishingRunTest {
  private static final int TIMES = 25;

  @TempDir Path root;
  private final Map<String, Set<Integer>> seen = new ConcurrentHashMap<>();
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void whatIsAskedOfARunThatIsBeingDeletedIsFoundOrNotFound() throws Exception {
    RunHome home = new RunHome(root);
    RunFolder run = WrittenRun.finished(home, 2);
    String address = "/api/runs/" + run.id();
    List<String> ofRun =
        List.of(
            address,
            address + "/steps",
            address + "/series?keys=reward/mean",
            address + "/health",
            address + "/report",
            address + "/metrics.csv",
            address + "/rollouts.jsonl",
            "/api/compare?runs=" + run.id());
    List<String> ofAll = List.of("/api/runs", "/api/trash");
    ExecutorService readers = Executors.newCachedThreadPool();
    try (LivePage page = LivePage.open(home)) {
      List<AtomicInteger> rounds = new ArrayList<>();
      List<Future<Void>> ends = new ArrayList<>();
      for (List<String> some : List.of(ofAll, ofRun.subList(0, 4), ofRun.subList(4, 8))) {
        AtomicInteger round = new AtomicInteger();
        rounds.add(round);
        ends.add(readers.submit(asking(page, some, round)));
      }
      for (int i = 0; i < TIMES; i++) {
        assertEquals(200, page.change("DELETE", address, "{}").statusCode());
        awaitAnswers(rounds, ends);
        assertEquals(200, page.change("POST", address + "/restore", "{}").statusCode());
        awaitAnswers(rounds, ends);
      }
      done.set(true);
      for (Future<Void> end : ends) {
        end.get(60, TimeUnit.SECONDS);
      }
    } finally {
      done.set(true);
      readers.shutdown();
      assertTrue(readers.awaitTermination(60, TimeUnit.SECONDS));
    }

    ofAll.forEach(path -> assertEquals(Set.of(200), seen.get(path), path));
    ofRun.forEach(path -> assertEquals(Set.of(200, 404), seen.get(path), path));
  }

  /** Waits until all that was asked before is answered. */
  private static void awaitAnswers(List<AtomicInteger> rounds, List<Future<Void>> ends)
      throws Exception {
    List<Integer> before = rounds.stream().map(AtomicInteger::get).toList();
    for (int i = 0; i < rounds.size(); i++) {
      while (rounds.get(i).get() < before.get(i) + 2) {
        if (ends.get(i).isDone()) {
          ends.get(i).get();
        }
        Thread.sleep(1);
      }
    }
  }

  private Callable<Void> asking(LivePage page, List<String> paths, AtomicInteger round) {
    return () -> {
      while (!done.get()) {
        for (String path : paths) {
          int status = answered(page, path);
          seen.computeIfAbsent(path, key -> ConcurrentHashMap.newKeySet()).add(status);
        }
        round.incrementAndGet();
      }
      return null;
    };
  }

  private static int answered(LivePage page, String path) throws InterruptedException {
    try {
      return page.get(path).statusCode();
    } catch (IOException e) {
      throw new AssertionError(path + " was not answered", e);
    }
  }
}
